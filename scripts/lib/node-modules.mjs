import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./root.mjs";
import { log, run } from "./run.mjs";

/**
 * Installs the locked node modules, unless that very lock file is installed already.
 * @param {string} [root]
 */
export async function ensureNodeModules(root = ROOT) {
  const stamp = join(root, "node_modules", ".switchyard-stamp");
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (contentOf(stamp) === lock) return;
  log("node modules");
  const [command, ...args] = npmCommand();
  // Not `npm ci`: it refuses a lock file without every platform's optional packages, and not every
  // registry has them all. Without saving, this installs the locked versions just the same. The
  // development tools are wanted even where NODE_ENV says production.
  const options = ["install", "--no-save", "--include=dev", ...ownElectron(root)];
  await run(command, [...args, ...options], { cwd: root, quiet: true });
  writeFileSync(stamp, lock);
}

/**
 * The Electron that somebody installed in the place of the locked one, as npm is to leave it: with
 * its binary, which npm would remove with the version.
 * @param {string} root
 * @returns {string[]}
 */
export function ownElectron(root) {
  const manifest = contentOf(join(root, "node_modules", "electron", "package.json"));
  if (manifest === undefined) return [];
  const { version } = JSON.parse(manifest);
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const locked = packages["node_modules/electron"]?.version;
  return locked === undefined || version === locked ? [] : [`electron@${version}`];
}

/**
 * The npm that started this script, else the one on the path.
 * @returns {[string, ...string[]]}
 */
export function npmCommand() {
  const script = process.env.npm_execpath;
  if (script?.endsWith("npm-cli.js")) return [process.execPath, script];
  return [process.platform === "win32" ? "npm.cmd" : "npm"];
}

/** @param {string} file */
function contentOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
