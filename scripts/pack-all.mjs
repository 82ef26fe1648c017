// Builds, tests and packs what a release publishes, as far as this machine can.
import { copyFileSync, existsSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { crossBuild } from "./cross/build.mjs";
import { cannotCross } from "./cross/toolchain.mjs";
import { build, buildNative, buildScripts } from "./lib/build.mjs";
import { runCommand } from "./lib/command.mjs";
import { requireOrigin } from "./lib/origin.mjs";
import { packTargets } from "./lib/pack.mjs";
import { packUsage, readPackOptions } from "./lib/pack-options.mjs";
import { ROOT } from "./lib/root.mjs";
import { binaryName, hostGlibc, isHost, packagedBinary } from "./lib/targets.mjs";
import { smokeTest } from "./smoke/smoke.mjs";

/** @typedef {import("./lib/targets.mjs").Target} Target */
/** @typedef {{ target: Target, built: string, tested: string, size: string }} Row */

const FOLDER = join(ROOT, "pack");

/** @param {import("./lib/pack-options.mjs").PackOptions} options */
async function packAll(options) {
  const { targets, prebuilt, local } = options;
  if (!local) requireOrigin();
  await (prebuilt ? buildScripts() : build());
  /** @type {Row[]} */
  const rows = [];
  for (const target of targets) rows.push(await made(target, options));
  const packed = rows.filter(({ size }) => size !== "").map(({ target }) => target);
  rmSync(FOLDER, { recursive: true, force: true });
  const tarballs = await packTargets(FOLDER, packed);
  console.log(table(rows));
  for (const { file } of tarballs) console.log(`${file} (${kilobytes(file)})`);
  return 0;
}

/**
 * Builds and tests one target's binary.
 * @param {Target} target
 * @param {import("./lib/pack-options.mjs").PackOptions} options
 * @returns {Promise<Row>}
 */
async function made(target, { named, prebuilt, local }) {
  const isOwn = local && isHost(target);
  const way = prebuilt ? takePrebuilt(target) : wayToBuild(target, isOwn);
  if (typeof way === "string") {
    if (named || prebuilt) throw new Error(`${target.name}: ${way}`);
    return { target, built: "no", tested: way, size: "" };
  }
  const built = await way();
  const file = packagedBinary(target);
  const tested = await smokeTest(target, file, isOwn ? hostGlibc() : undefined);
  return { target, built, tested, size: kilobytes(file) };
}

/**
 * @param {Target} target
 * @returns {(() => Promise<string>) | string} Or why there is none.
 */
function takePrebuilt(target) {
  const file = packagedBinary(target);
  return existsSync(file) ? async () => "before" : `not built: there is no ${file}`;
}

/**
 * @param {Target} target
 * @param {boolean} isOwn Whether it is for this machine, and stays here.
 * @returns {(() => Promise<string>) | string} Or why there is none.
 */
function wayToBuild(target, isOwn) {
  // On Linux a plain build needs this machine's own glibc.
  if (isHost(target) && (isOwn || target.os !== "linux")) return () => native(target);
  return cannotCross() ?? (() => cross(target));
}

/** @param {Target} target */
async function cross(target) {
  await crossBuild(target);
  return "cross";
}

/** @param {Target} target */
async function native(target) {
  // Else Windows would need Microsoft's redistributable libraries.
  const RUSTFLAGS = "-Ctarget-feature=+crt-static";
  await buildNative(target.os === "win32" ? { ...process.env, RUSTFLAGS } : undefined);
  copyFileSync(join(ROOT, binaryName(target)), packagedBinary(target));
  return "native";
}

/** @param {string} file */
function kilobytes(file) {
  return `${Math.round(statSync(file).size / 1000)} KB`;
}

/** @param {readonly Row[]} rows */
function table(rows) {
  const lines = rows.map(({ target, size, built, tested }) => [target.name, size, built, tested]);
  const cells = [["target", "size", "built", "tested"], ...lines];
  const width = (/** @type {number} */ column) =>
    Math.max(...cells.map((row) => row[column].length));
  const padded = cells.map((row) => row.map((cell, column) => cell.padEnd(width(column))));
  return padded.map((row) => row.join("  ").trimEnd()).join("\n");
}

await runCommand(() => readPackOptions(process.argv.slice(2)), packUsage(), packAll);
