// A cross toolchain from package registries alone, in target/cross: nothing is installed system-wide.
// The standard library of each target is built from source: that makes a binary 5 % smaller, and
// rustup's server, which has libraries that are built, may be out of reach.
import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../lib/root.mjs";
import { log, run } from "../lib/run.mjs";

export const CROSS = join(ROOT, "target", "cross");

const PYTHON_PACKAGES = ["ziglang==0.15.2", "cargo-zigbuild==0.24.0"];

const ROOTFS = join(CROSS, "root");
const RUST_SOURCE = join("lib", "rustlib", "src", "rust");
const NODE_STUBS = join(CROSS, "libnode");
const VENV = join(CROSS, "venv");

/** Why this machine cannot cross-build; undefined where it can. */
export function cannotCross() {
  if (process.platform !== "linux") return "cross builds need Linux";
  if (hasSource() || (process.arch === "x64" && debianVersion())) return undefined;
  return "cross builds need the source of Rust's library: rustup component add rust-src";
}

/** Where this machine's own Rust has its files. */
function sysroot() {
  return execFileSync("rustc", ["--print", "sysroot"], { encoding: "utf8" }).trim();
}

/** Whether this machine's own Rust has the source of its library. */
function hasSource() {
  return existsSync(join(sysroot(), RUST_SOURCE));
}

/**
 * Makes what is missing of the toolchain.
 * @returns {Promise<NodeJS.ProcessEnv>} What cargo is to be called with.
 */
export async function ensureToolchain() {
  await ensureZig();
  const env = {
    ...process.env,
    PATH: `${join(VENV, "bin")}:${process.env.PATH}`,
    LIBNODE_PATH: NODE_STUBS,
    CARGO_TARGET_DIR: join(CROSS, "target"),
    // Cargo builds the standard library (-Zbuild-std) for nightly compilers only, or with this.
    RUSTC_BOOTSTRAP: "1",
  };
  if (hasSource()) return env;
  await ensureCompiler();
  return { ...env, ...compilerEnv() };
}

/** The zig compiler, which has the C libraries of all targets, as cargo-zigbuild's linker. */
export async function ensureZig() {
  await once("zig", PYTHON_PACKAGES.join("\n"), async () => {
    log(`${PYTHON_PACKAGES.join(" and ")} (400 MB on disk, once)`);
    for (const folder of [VENV, NODE_STUBS]) rmSync(folder, { recursive: true, force: true });
    mkdirSync(CROSS, { recursive: true });
    await run("python3", ["-m", "venv", VENV], { quiet: true });
    await run(join(VENV, "bin", "pip"), ["install", "-q", ...PYTHON_PACKAGES], { quiet: true });
    writeNodeStubs();
  });
}

async function ensureCompiler() {
  await once("compiler", "1", async () => {
    log("Rust with the source of its library (850 MB on disk, once)");
    rmSync(ROOTFS, { recursive: true, force: true });
    await unpackCompiler();
    linkTools();
  });
}

/**
 * Does what a stamp says is not done yet, in this version.
 * @param {string} name
 * @param {string} version
 * @param {() => Promise<void>} make
 */
async function once(name, version, make) {
  const stamp = join(CROSS, `${name}.stamp`);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === version) return;
  await make();
  writeFileSync(stamp, version);
}

/**
 * Debian has a compiler with the library source that fits it exactly, which a build of the standard
 * library needs. The packages are unpacked, not installed: they conflict with Debian's rustup.
 */
async function unpackCompiler() {
  await run("apt-get", ["-qq", "update"], { quiet: true }).catch((error) => log(error.message));
  const debs = join(CROSS, "debs");
  rmSync(debs, { recursive: true, force: true });
  mkdirSync(debs);
  await run("apt-get", ["download", "-qq", ...compilerPackages()], { cwd: debs, quiet: true });
  for (const deb of readdirSync(debs)) {
    await run("dpkg-deb", ["-x", join(debs, deb), ROOTFS], { quiet: true });
  }
  rmSync(debs, { recursive: true });
}

/** The compiler, its own library (for build scripts), the source, and the LLVM that it runs on. */
function compilerPackages() {
  const library = `libstd-rust-web-${debianVersion()}`;
  const depends = execFileSync("apt-cache", ["depends", library], { encoding: "utf8" });
  const [llvm] = /libllvm\S+/.exec(depends) ?? [];
  if (!llvm) throw new Error(`Debian's package ${library} names no libllvm`);
  return ["rustc-web", "rust-web-src", "libstd-rust-web-dev", library, llvm];
}

/** Of the compiler that apt offers, if it has one. */
function debianVersion() {
  const { stdout } = spawnSync("apt-cache", ["policy", "rustc-web"], { encoding: "utf8" });
  return /Candidate: (\d+\.\d+)/.exec(stdout ?? "")?.[1];
}

/** Debian's compiler has no rust-objcopy, which strips what is built for macOS; this machine's has. */
function linkTools() {
  const below = join("rustlib", "x86_64-unknown-linux-gnu", "bin");
  const bin = join(ROOTFS, "usr", "lib", below);
  mkdirSync(bin, { recursive: true });
  for (const name of ["rust-objcopy", "rust-lld"]) {
    rmSync(join(bin, name), { force: true });
    symlinkSync(join(sysroot(), "lib", below, name), join(bin, name));
  }
}

/**
 * For Windows napi-build links against libnode, and Rust against GCC's libssp. Neither is there, and
 * nothing of them is used: dyn-symbols looks Node's functions up at load, and zig has its own stack
 * protector. Empty libraries satisfy the linker.
 */
function writeNodeStubs() {
  mkdirSync(NODE_STUBS);
  writeFileSync(join(NODE_STUBS, "libnode.dll"), "");
  for (const name of ["node", "ssp", "ssp_nonshared"]) {
    writeFileSync(join(NODE_STUBS, `lib${name}.a`), "!<arch>\n");
  }
}

function compilerEnv() {
  return {
    RUSTC: join(ROOTFS, "usr", "bin", "rustc"),
    LD_LIBRARY_PATH: join(ROOTFS, "usr", "lib", "x86_64-linux-gnu"),
  };
}

/** The zig compiler, as a command and its first arguments. */
export function zig() {
  return [join(VENV, "bin", "python3"), "-m", "ziglang"];
}

/** No path of this machine gets into a binary, and every machine builds the same. */
export function remappedPaths() {
  const paths = [
    [homedir(), "~"],
    [join(hasSource() ? sysroot() : join(ROOTFS, "usr"), RUST_SOURCE), "/rustc"],
    [ROOT, "."],
  ];
  return paths.map(([from, to]) => `--remap-path-prefix=${from}=${to}`);
}
