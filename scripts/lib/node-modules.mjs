import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
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
  await keepingElectron(root, () => install(root));
  writeFileSync(stamp, lock);
}

/** @param {string} root */
async function install(root) {
  const [command, ...args] = npmCommand();
  // Not `npm ci`: it refuses a lock file without every platform's optional packages, and not every
  // registry has them all. Without saving, this installs the locked versions just the same. The
  // development tools are wanted even where NODE_ENV says production.
  const options = ["install", "--no-save", "--include=dev"];
  await run(command, [...args, ...options], { cwd: root, quiet: true });
}

/** The binary of node_modules/electron, and the file that says where in it the program is. */
const BINARY = ["dist", "path.txt"];

/**
 * Lets npm do its work beside the binary of an Electron that somebody installed: npm removes it with
 * the package when it puts the locked version in the place of another.
 * @param {string} root
 * @param {() => Promise<void>} work
 */
async function keepingElectron(root, work) {
  const folder = join(root, "node_modules", "electron");
  // Beside node_modules, for npm clears that up. A run that was killed may have left it.
  const refuge = join(root, ".electron", "installed");
  move(folder, refuge);
  try {
    await work();
  } finally {
    move(refuge, folder);
    rmSync(refuge, { recursive: true, force: true });
  }
}

/**
 * @param {string} from
 * @param {string} to
 */
function move(from, to) {
  for (const name of BINARY.filter((each) => existsSync(join(from, each)))) {
    mkdirSync(to, { recursive: true });
    rmSync(join(to, name), { recursive: true, force: true });
    renameSync(join(from, name), join(to, name));
  }
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
