// What can be seen of a binary without loading it.
import { readFileSync } from "node:fs";
import { checkElf } from "./elf.mjs";
import { checkMachO } from "./mach-o.mjs";
import { checkPE } from "./pe.mjs";

/** @typedef {import("../lib/targets.mjs").Target} Target */

/**
 * Throws unless a file is a shared library for this target, which needs no more than the oldest
 * system has that it is for.
 * @param {Target} target
 * @param {string} file
 * @param {string} [glibc] The glibc that it may need; by default that of the oldest system.
 * @returns {string} What was looked at.
 */
export function checkStructure(target, file, glibc) {
  const bytes = readFileSync(file);
  let signed = false;
  try {
    if (target.os === "darwin") signed = checkMachO(bytes, target.cpu);
    else if (target.os === "win32") checkPE(bytes, target.cpu);
    else checkElf(bytes, target, glibc);
    if (!bytes.includes("napi_register_module_v1")) throw new Error("it is no Node addon");
  } catch (error) {
    throw new Error(`${file}: ${/** @type {Error} */ (error).message}`, { cause: error });
  }
  return signed ? "structure and signature" : "structure";
}
