// Wine with what Electron wants of a Windows: fonts, a version, and a library that Wine 8 lacks.
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensurePackages } from "../lib/debian.mjs";
import { ROOT } from "../lib/root.mjs";
import { log, run } from "../lib/run.mjs";
import { compileProcessPrng } from "../smoke/compile.mjs";

const HOME = join(ROOT, "target", "windows");
const PREFIX = join(HOME, "prefix");
const FONTS = join(HOME, "fonts");
const FONT_TOOLS = "fonttools==4.60.1";
const SCREEN = "-screen 0 1600x1000x24";
/** Raised when a prefix must be made anew. */
const VERSION = "1";

const PACKAGES = [
  "wine",
  "wine64",
  "p7zip-full",
  "fonts-liberation",
  "fonts-dejavu-core",
  "xvfb",
  "xauth",
];

/** What each run needs; Wine would else ask whether to download .NET and a browser. */
function environment() {
  const { ELECTRON_RUN_AS_NODE: _dropped, ...env } = process.env;
  return {
    ...env,
    WINEPREFIX: PREFIX,
    WINEARCH: "win64",
    WINEDEBUG: "-all",
    WINEDLLOVERRIDES: "mscoree,mshtml=",
    ELECTRON_DISABLE_SECURITY_WARNINGS: "1",
  };
}

/** Installs Wine and makes a Windows of our own, the first time. */
export async function ensureWine() {
  await ensurePackages("Windows' Electron under Wine", PACKAGES);
  const stamp = join(HOME, `prefix-${VERSION}.stamp`);
  if (existsSync(stamp)) return;
  log("a Windows for the tests (Wine, once)");
  rmSync(HOME, { recursive: true, force: true });
  mkdirSync(HOME, { recursive: true });
  const registry = await makeFonts();
  await inWine(["wineboot", "-i"]);
  cpSync(FONTS, join(PREFIX, "drive_c", "windows", "Fonts"), { recursive: true });
  await inWine(["wine", "regedit", "/S", registry]);
  const system = join(PREFIX, "drive_c", "windows", "system32");
  await compileProcessPrng(join(system, "bcryptprimitives.dll"));
  writeFileSync(stamp, "");
}

/** @returns {Promise<string>} The registry file that names them. */
async function makeFonts() {
  const venv = join(HOME, "venv");
  const registry = join(HOME, "fonts.reg");
  const script = fileURLToPath(new URL("fonts.py", import.meta.url));
  await run("python3", ["-m", "venv", venv], { quiet: true });
  await run(join(venv, "bin", "pip"), ["install", "-q", FONT_TOOLS], { quiet: true });
  await run(join(venv, "bin", "python"), [script, FONTS, registry], { quiet: true });
  return registry;
}

/**
 * Runs a command of Wine's, and waits until its services have written all.
 * @param {readonly string[]} command
 */
async function inWine(command) {
  const script = '"$@"; wineserver -w';
  const args = ["-a", "-s", SCREEN, "sh", "-c", script, "sh", ...command];
  await run("xvfb-run", args, { env: environment(), quiet: true });
}

/**
 * What the shell does: Node cannot write to a pipe that comes from Linux, so its output goes through
 * a file, and what Electron leaves running ends with it.
 */
const THROUGH_FILES = `
out=$(mktemp -d) && seconds=$1 && shift
timeout -k 5 "$seconds" wine "$@" > "$out/out" 2> "$out/err" < /dev/null
code=$?
wineserver -k
cat "$out/out"; cat "$out/err" >&2
rm -rf "$out"
exit $code
`;

/**
 * How to start an app in an Electron for Windows.
 * @param {string} executable
 * @param {readonly string[]} args
 * @param {number} seconds Then it is killed.
 * @param {NodeJS.ProcessEnv} [more]
 */
export function wineCommand(executable, args, seconds, more = {}) {
  // Windows' GPU process fails under Wine where there are many windows.
  const flags = ["--no-sandbox", "--disable-gpu", "--in-process-gpu"];
  const shell = ["sh", "-c", THROUGH_FILES, "sh", `${seconds}`, executable, ...flags, ...args];
  return {
    command: "xvfb-run",
    args: ["-a", "-s", SCREEN, ...shell],
    env: { ...environment(), ...more },
  };
}

/**
 * A path of this machine as Windows has it under Wine.
 * @param {string} path
 */
export function windowsPath(path) {
  return `Z:${path.replaceAll("/", "\\")}`;
}
