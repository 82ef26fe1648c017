import { spawnSync } from "node:child_process";
import { statfsSync } from "node:fs";
import { hasDisplay } from "./display.mjs";

export { hasDisplay } from "./display.mjs";
export { isNoise } from "./noise.mjs";

const SCREEN = "-screen 0 1600x1000x24";
const ROOMY_SHARED_MEMORY = 256 * 1024 * 1024;

/**
 * How to start an app folder in an Electron, on a virtual screen if there is no real one.
 * @param {{ executable: string }} runtime
 * @param {string | undefined} appDir Undefined for an Electron that an app is packaged with.
 * @param {readonly string[]} [appArgs]
 * @returns {{ command: string, args: string[], env: NodeJS.ProcessEnv }}
 */
export function electronCommand(runtime, appDir, appArgs = []) {
  const app = appDir === undefined ? [] : [appDir];
  const args = [...chromiumFlags(), ...app, ...appArgs];
  const env = environment();
  if (hasDisplay()) return { command: runtime.executable, args, env };
  return { command: "xvfb-run", args: ["-a", "-s", SCREEN, runtime.executable, ...args], env };
}

function chromiumFlags() {
  if (process.platform !== "linux") return [];
  // On Xvfb Electron 22's GPU process fails, restarts, and capturePage returns an empty picture
  // meanwhile; without a GPU the picture is there and start-up a little faster. It is set even
  // when DISPLAY is, since that may well name an Xvfb too.
  const flags = ["--disable-gpu"];
  if (!sandboxWorks()) flags.push("--no-sandbox");
  if (!sharedMemoryIsRoomy()) flags.push("--disable-dev-shm-usage");
  return flags;
}

/** Chromium's sandbox refuses root, and needs user namespaces, which most containers forbid. */
function sandboxWorks() {
  if (process.getuid?.() === 0) return false;
  return spawnSync("unshare", ["--user", "--map-root-user", "true"]).status === 0;
}

/** Containers often have 64 MB of it, and Chromium crashes once that is full. */
function sharedMemoryIsRoomy() {
  try {
    const { bsize, blocks } = statfsSync("/dev/shm");
    return bsize * blocks >= ROOMY_SHARED_MEMORY;
  } catch {
    return false;
  }
}

function environment() {
  const { ELECTRON_RUN_AS_NODE: _dropped, ...env } = process.env;
  return { ...env, ELECTRON_DISABLE_SECURITY_WARNINGS: "1" };
}
