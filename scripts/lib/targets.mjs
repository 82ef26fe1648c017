import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./root.mjs";

/**
 * A platform that the addon is built for.
 * @typedef {object} Target
 * @property {string} triple As Rust names it, and package.json in `napi.targets`.
 * @property {string} name As napi-rs names it; the folder below npm/.
 * @property {string} os
 * @property {string} cpu
 * @property {string} [libc]
 */

const NAME = "electron-switchyard";

/** @type {Readonly<Record<string, Omit<Target, "triple">>>} */
const KNOWN = {
  "x86_64-unknown-linux-gnu": { name: "linux-x64-gnu", os: "linux", cpu: "x64", libc: "glibc" },
  "aarch64-unknown-linux-gnu": {
    name: "linux-arm64-gnu",
    os: "linux",
    cpu: "arm64",
    libc: "glibc",
  },
  "x86_64-unknown-linux-musl": { name: "linux-x64-musl", os: "linux", cpu: "x64", libc: "musl" },
  "x86_64-apple-darwin": { name: "darwin-x64", os: "darwin", cpu: "x64" },
  "aarch64-apple-darwin": { name: "darwin-arm64", os: "darwin", cpu: "arm64" },
  "x86_64-pc-windows-msvc": { name: "win32-x64-msvc", os: "win32", cpu: "x64" },
  "aarch64-pc-windows-msvc": { name: "win32-arm64-msvc", os: "win32", cpu: "arm64" },
};

/** @returns {any} package.json */
export function mainManifest() {
  return JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
}

/** @returns {Target[]} Those of package.json, in its order. */
export function allTargets() {
  return mainManifest().napi.targets.map((/** @type {string} */ triple) => {
    const known = KNOWN[triple];
    if (known) return { triple, ...known };
    throw new Error(`package.json has the target ${triple}, which scripts/lib/targets.mjs lacks`);
  });
}

/**
 * @param {string} name
 * @returns {Target}
 */
export function targetNamed(name) {
  const targets = allTargets();
  const found = targets.find((target) => target.name === name);
  if (found) return found;
  const names = targets.map((target) => target.name).join(", ");
  throw new Error(`there is no target ${JSON.stringify(name)}: the targets are ${names}`);
}

/**
 * Whether a target is this machine.
 * @param {Target} target
 */
export function isHost({ os, cpu, libc }) {
  if (os !== process.platform || cpu !== process.arch) return false;
  return os !== "linux" || (libc === "glibc") === (hostGlibc() !== undefined);
}

/** This machine's glibc; undefined where it has none. */
export function hostGlibc() {
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (
    process.report.getReport()
  );
  return header.glibcVersionRuntime;
}

/** @param {Target} target */
export function binaryName({ name }) {
  return `${NAME}.${name}.node`;
}

/** @param {Target} target */
export function packageName({ name }) {
  return `${NAME}-${name}`;
}

/**
 * The folder of a target's package; its binary is put there to be packed, and never committed.
 * @param {Target} target
 */
export function packageFolder({ name }) {
  return join(ROOT, "npm", name);
}

/** @param {Target} target */
export function packagedBinary(target) {
  return join(packageFolder(target), binaryName(target));
}
