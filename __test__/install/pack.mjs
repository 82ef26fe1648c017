// Not a test: the package as it is published.
import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { npmCommand } from "../../scripts/lib/node-modules.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";

export async function pack(folder) {
  mkdirSync(folder);
  const [command, ...before] = npmCommand();
  const args = [...before, "pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const { stdout } = await promisify(execFile)(command, args, { cwd: ROOT });
  return JSON.parse(stdout).map(({ filename }) => ({ file: join(folder, filename) }));
}
