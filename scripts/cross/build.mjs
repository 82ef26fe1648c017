import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../lib/root.mjs";
import { log, run } from "../lib/run.mjs";
import { binaryName, packagedBinary } from "../lib/targets.mjs";
import { OLDEST_GLIBC, OLDEST_MACOS } from "./oldest.mjs";
import { CROSS, ensureToolchain, remappedPaths } from "./toolchain.mjs";

/** @typedef {import("../lib/targets.mjs").Target} Target */

/**
 * How cargo-zigbuild builds for a target.
 * @typedef {object} Recipe
 * @property {string} triple
 * @property {string} library What cargo calls the file.
 * @property {string} [glibc]
 * @property {readonly string[]} [flags] For the compiler.
 * @property {string} [macos] The oldest macOS.
 */

/** @type {Readonly<Record<string, Recipe>>} By the target's name. */
const RECIPES = {
  "linux-x64-gnu": linux("x86_64-unknown-linux-gnu", { glibc: OLDEST_GLIBC }),
  "linux-arm64-gnu": linux("aarch64-unknown-linux-gnu", { glibc: OLDEST_GLIBC }),
  // Rust links musl statically unless told otherwise, and then there is no shared library.
  "linux-x64-musl": linux("x86_64-unknown-linux-musl", {
    flags: ["-Ctarget-feature=-crt-static"],
  }),
  "darwin-x64": darwin("x86_64-apple-darwin", "darwin-x64", OLDEST_MACOS.x64),
  "darwin-arm64": darwin("aarch64-apple-darwin", "darwin-arm64", OLDEST_MACOS.arm64),
  // Microsoft's libraries are on no registry. With dyn-symbols the addon imports nothing from the
  // program that loads it, so one that was linked the GNU way loads just as well.
  "win32-x64-msvc": windows("x86_64-pc-windows-gnu"),
  "win32-arm64-msvc": windows("aarch64-pc-windows-gnullvm"),
};

/**
 * @param {string} triple
 * @param {Partial<Recipe>} rest
 * @returns {Recipe}
 */
function linux(triple, rest) {
  return { triple, library: "libelectron_switchyard.so", ...rest };
}

/**
 * @param {string} triple
 * @param {string} name
 * @param {string} macos
 * @returns {Recipe}
 */
function darwin(triple, name, macos) {
  // Else the library would name itself by the path that it was built at.
  const flags = [`-Clink-arg=-Wl,-install_name,@rpath/electron-switchyard.${name}.node`];
  return { triple, library: "libelectron_switchyard.dylib", flags, macos };
}

/**
 * @param {string} triple
 * @returns {Recipe}
 */
function windows(triple) {
  return { triple, library: "electron_switchyard.dll" };
}

/**
 * Builds a target's binary into its package's folder.
 * @param {Target} target
 */
export async function crossBuild(target) {
  const { triple, library, glibc, flags = [], macos } = RECIPES[target.name];
  const toolchain = await ensureToolchain();
  log(`${binaryName(target)} (${triple})`);
  const env = { ...toolchain, RUSTFLAGS: [...flags, ...remappedPaths()].join(" ") };
  if (macos) env.MACOSX_DEPLOYMENT_TARGET = macos;
  const at = glibc ? `${triple}.${glibc}` : triple;
  const args = [
    "zigbuild",
    "--locked",
    "--release",
    "-Zbuild-std=std,panic_unwind",
    "--target",
    at,
  ];
  await run("cargo", args, { cwd: ROOT, env, quiet: true });
  copyFileSync(join(CROSS, "target", triple, "release", library), packagedBinary(target));
}
