// Small C files of ours, compiled by zig for the platform that they are for.
import { fileURLToPath } from "node:url";
import { ensureZig, zig } from "../cross/toolchain.mjs";
import { run } from "../lib/run.mjs";

const PROCESS_PRNG = fileURLToPath(new URL("process-prng.c", import.meta.url));

/**
 * @param {string} target As zig names it.
 * @param {string} output
 * @param {readonly string[]} args
 */
export async function compile(target, output, args) {
  await ensureZig();
  const [command, ...before] = zig();
  const options = ["cc", "-target", target, "-o", output];
  await run(command, [...before, ...options, ...args], { quiet: true });
}

/**
 * Makes the library that a Wine older than 9 lacks.
 * @param {string} output Where it goes; its name is bcryptprimitives.dll.
 */
export async function compileProcessPrng(output) {
  await compile("x86_64-windows-gnu", output, ["-shared", PROCESS_PRNG, "-ladvapi32"]);
}
