import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.mjs";
import { ensureDebianPackages } from "./debian.mjs";
import { electronRuntime } from "./electron.mjs";
import { electronMajors } from "./electron-majors.mjs";
import { ensureNodeModules } from "./node-modules.mjs";
import { ROOT } from "./root.mjs";
import { log } from "./run.mjs";
import { cargoTest, nodeTest } from "./test-runs.mjs";

/** @typedef {import("./test-runs.mjs").Outcome} Outcome */

/** Fast tests first; those in real windows last. */
const FOLDERS = ["scripts", "codec", "addon", "pair", "package", "docs", "bench", "e2e"];

/**
 * From the pure router to real windows.
 * @returns {Promise<Outcome[]>}
 */
export async function allTests() {
  return [await cargoTest(), await nodeTest(FOLDERS.flatMap(testFiles))];
}

/**
 * The package as users install, bundle and package it: minutes, not seconds.
 * @returns {Promise<Outcome[]>}
 */
export async function installTests() {
  return [await nodeTest(testFiles("install"))];
}

/**
 * Prepares, runs, and ends with the one line `N passed, N failed` and the exit code.
 * @param {...() => Promise<Outcome[]>} suites
 */
export async function conclude(...suites) {
  try {
    await prepare();
    const outcomes = [];
    for (const suite of suites) outcomes.push(...(await suite()));
    report(outcomes);
  } catch (error) {
    console.error(error);
    report([{ passed: 0, failed: 1 }]);
  }
}

async function prepare() {
  await ensureNodeModules();
  await ensureDebianPackages();
  // No Electron is a failure here, before anything is run, with its remedy.
  for (const major of electronMajors()) {
    const { version, source } = await electronRuntime(major);
    log(`Electron ${version} (${source})`);
  }
  await build();
}

/** @param {string} folder */
function testFiles(folder) {
  const path = join(ROOT, "__test__", folder);
  const files = readdirSync(path).filter((name) => name.endsWith(".test.mjs"));
  if (files.length === 0) throw new Error(`there are no tests in ${path}`);
  return files.sort().map((name) => join(path, name));
}

/** @param {readonly Outcome[]} outcomes */
function report(outcomes) {
  /** @param {keyof Outcome} key */
  const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
  process.exitCode = sum("failed") === 0 && sum("passed") > 0 ? 0 : 1;
}
