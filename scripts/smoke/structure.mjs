// What can be seen of a binary without loading it.
import { readFileSync } from "node:fs";
import { OLDEST_GLIBC } from "../cross/build.mjs";
import { checkMachO } from "./mach-o.mjs";

/** @typedef {import("../lib/targets.mjs").Target} Target */

const ELF_MACHINES = { x64: 0x3e, arm64: 0xb7 };
const PE_MACHINES = { x64: 0x8664, arm64: 0xaa64 };

/**
 * Throws unless a file is a shared library for this target, which needs no more than it may.
 * @param {Target} target
 * @param {string} file
 * @returns {string} What was looked at.
 */
export function checkStructure(target, file) {
  const bytes = readFileSync(file);
  let signed = false;
  try {
    if (target.os === "darwin") signed = checkMachO(bytes, target.cpu);
    else if (target.os === "win32") checkPE(bytes, target.cpu);
    else checkElf(bytes, target);
    if (!bytes.includes("napi_register_module_v1")) throw new Error("it is no Node addon");
  } catch (error) {
    throw new Error(`${file}: ${/** @type {Error} */ (error).message}`, { cause: error });
  }
  return signed ? "structure and signature" : "structure";
}

/**
 * @param {Buffer} bytes
 * @param {string} cpu
 */
function checkPE(bytes, cpu) {
  const at = bytes.readUInt32LE(0x3c);
  if (bytes.toString("latin1", at, at + 4) !== "PE\0\0") throw new Error("it is no Windows file");
  requireMachine(bytes.readUInt16LE(at + 4), PE_MACHINES, cpu);
}

/**
 * @param {Buffer} bytes
 * @param {Target} target
 */
function checkElf(bytes, { cpu, libc }) {
  if (bytes.toString("latin1", 0, 4) !== "\x7fELF") throw new Error("it is no Linux file");
  requireMachine(bytes.readUInt16LE(0x12), ELF_MACHINES, cpu);
  const versions = glibcVersions(bytes);
  if (libc === "musl" && versions.length > 0) throw new Error("it needs glibc, and is for musl");
  if (libc === "glibc" && versions.length === 0) throw new Error("it needs no glibc at all");
  const newer = versions.filter((version) => isNewer(version, OLDEST_GLIBC));
  if (newer.length > 0) {
    throw new Error(`it needs glibc ${newer.join(", ")}; at most ${OLDEST_GLIBC} may be needed`);
  }
}

/**
 * @param {number} found
 * @param {Record<string, number>} machines
 * @param {string} cpu
 */
function requireMachine(found, machines, cpu) {
  if (found === machines[cpu]) return;
  throw new Error(`it is for machine 0x${found.toString(16)}, not for ${cpu}`);
}

/**
 * The versions that its symbols ask for, as their names in the file say.
 * @param {Buffer} bytes
 */
export function glibcVersions(bytes) {
  const names = bytes.toString("latin1").match(/\bGLIBC_\d+(?:\.\d+)+(?=\0)/g) ?? [];
  return [...new Set(names.map((name) => name.slice("GLIBC_".length)))];
}

/**
 * @param {string} version
 * @param {string} limit
 */
function isNewer(version, limit) {
  return version.localeCompare(limit, "en", { numeric: true }) > 0;
}
