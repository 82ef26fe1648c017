import { existsSync } from "node:fs";
import { isHost } from "../lib/targets.mjs";
import { inNode, inQemu, inWine, MUSL_LOADER, qemu, underMusl, wine } from "./emulators.mjs";
import { checkStructure } from "./structure.mjs";

/** @typedef {import("../lib/targets.mjs").Target} Target */
/** @typedef {(target: Target, file: string) => Promise<string>} Way */

/**
 * How a platform's binary is run on another one.
 * @typedef {object} Emulation
 * @property {() => unknown} present
 * @property {string} missing
 * @property {Way} test
 */

/** @type {Readonly<Record<string, Emulation>>} */
const EMULATIONS = {
  "linux-arm64-gnu": {
    present: qemu,
    missing: "qemu is not installed (apt-get install qemu-user-static)",
    test: inQemu,
  },
  "win32-x64-msvc": {
    present: wine,
    missing: "Wine is not installed (apt-get install wine wine64)",
    test: inWine,
  },
  "linux-x64-musl": {
    present: () => existsSync(MUSL_LOADER),
    missing: "musl is not installed (apt-get install musl)",
    test: underMusl,
  },
};

const onLinuxX64 = process.platform === "linux" && process.arch === "x64";

/**
 * Tests a binary as far as this machine can. Throws if it is not what it should be.
 * @param {Target} target
 * @param {string} file
 * @param {string} [glibc] The glibc that it may need; by default that of the oldest system.
 * @returns {Promise<string>} How it was tested, and what was not and why.
 */
export async function smokeTest(target, file, glibc) {
  const seen = checkStructure(target, file, glibc);
  const { test, missing } = wayFor(target);
  if (test) return test(target, file);
  return `${seen} only: ${missing}`;
}

/**
 * @param {Target} target
 * @returns {{ test?: Way, missing?: string }}
 */
function wayFor(target) {
  if (isHost(target)) return { test: inNode };
  const emulation = onLinuxX64 ? EMULATIONS[target.name] : undefined;
  if (!emulation) return { missing: `there is no ${target.os} on ${target.cpu} here` };
  return emulation.present() ? { test: emulation.test } : { missing: emulation.missing };
}
