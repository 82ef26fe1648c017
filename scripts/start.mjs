import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { runCommand } from "./lib/command.mjs";
import { ensureDebianPackages } from "./lib/debian.mjs";
import { electronRuntime } from "./lib/electron.mjs";
import { carriedMajors } from "./lib/electron-carriers.mjs";
import { namedMajor, USUAL_MAJORS } from "./lib/electron-majors.mjs";
import { electronCommand, hasDisplay, isNoise } from "./lib/launch.mjs";
import { ensureNodeModules } from "./lib/node-modules.mjs";
import { ROOT } from "./lib/root.mjs";
import { log } from "./lib/run.mjs";

const USAGE = `usage: npm start -- [--electron N] [--screenshot FILE] [--stay | --exit]

  --electron    which Electron, by its major version: the one that is installed (in node_modules
                or ELECTRON_OVERRIDE_DIST_PATH) or one that a package carries, on Linux x64
                ${carriedMajors("linux-x64").join(", ")}; default: the installed one, else ${USUAL_MAJORS.join(", else ")}
  --screenshot  where to write a picture of both windows (PNG)
  --stay        keep the windows open after the tour; default where there is a display
  --exit        exit after the tour, with 0 if every call was answered as documented`;

const DEMO = join(ROOT, "demo");

/** @typedef {{ electron?: number, screenshot?: string, stay: boolean }} Options */

/** @returns {Options} */
function readOptions() {
  const { values } = parseArgs({
    options: {
      electron: { type: "string" },
      screenshot: { type: "string" },
      stay: { type: "boolean" },
      exit: { type: "boolean" },
    },
  });
  const { electron, screenshot, stay, exit } = values;
  if (screenshot === "") throw new Error("--screenshot needs the name of a file");
  if (stay && exit) throw new Error("--stay and --exit exclude each other");
  return {
    electron: namedMajor(electron),
    screenshot: screenshot && resolve(screenshot),
    stay: stay ?? (!exit && hasDisplay()),
  };
}

/** @param {Options} options */
async function start(options) {
  await ensureNodeModules();
  await ensureDebianPackages();
  const runtime = await electronRuntime(options.electron);
  // These need the node modules.
  const { build } = await import("./lib/build.mjs");
  const { bundleDemo } = await import("../demo/bundle.mjs");
  await build();
  await bundleDemo();
  log(`demo in Electron ${runtime.version}`);
  return runDemo(runtime, options);
}

/**
 * @param {import("./lib/electron.mjs").Runtime} runtime
 * @param {Options} options
 * @returns {Promise<number>} The exit code.
 */
function runDemo(runtime, options) {
  const { command, args, env } = electronCommand(runtime, DEMO, demoArgs(runtime, options));
  const child = spawn(command, args, { env, stdio: ["ignore", "inherit", "pipe"] });
  createInterface({ input: child.stderr }).on("line", (line) => {
    if (!isNoise(line)) console.error(line);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (signal) console.error(`Electron ended with ${signal}`);
      resolve(code ?? 1);
    });
  });
}

/**
 * @param {import("./lib/electron.mjs").Runtime} runtime
 * @param {Options} options
 */
function demoArgs({ version }, { stay, screenshot }) {
  const usual = join(DEMO, "out", `screenshot-electron-${Number.parseInt(version, 10)}.png`);
  if (stay) return screenshot ? [`--demo-screenshot=${screenshot}`] : [];
  return ["--demo-exit", `--demo-screenshot=${screenshot ?? usual}`];
}

await runCommand(readOptions, USAGE, start);
