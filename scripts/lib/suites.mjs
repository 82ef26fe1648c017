import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { build } from "./build.mjs";
import { ensureChromium } from "./chromium.mjs";
import { ensureDebianPackages } from "./debian.mjs";
import { electronRuntime } from "./electron.mjs";
import { electronMajors, furtherMajors } from "./electron-majors.mjs";
import { ensureNodeModules } from "./node-modules.mjs";
import { ROOT } from "./root.mjs";
import { log } from "./run.mjs";
import { failedLines, slowest } from "./test-results.mjs";
import { cargoTest, nodeTest } from "./test-runs.mjs";

/** @typedef {import("./test-runs.mjs").Outcome} Outcome */

/**
 * What is run together, and in which Electrons.
 * @typedef {object} Suite
 * @property {(number | undefined)[]} majors
 * @property {() => Promise<Outcome[]>} run
 */

/** In Node alone: as many files at once as there are processors for. */
const IN_NODE = ["scripts", "codec", "addon", "navigation", "pair", "testing"];

/** They start Electrons now and then; one file at a time, for others would time them out. */
const WITH_ELECTRON = ["package", "docs", "bench"];

/**
 * From the pure router to real windows; fast ones first.
 * @returns {Suite}
 */
export function allTests() {
  const concurrency = Math.min(2, availableParallelism());
  const run = async () => [
    await cargoTest(),
    await nodeTest("in Node", IN_NODE.flatMap(testFiles), { concurrency }),
    await nodeTest("packages and documents", WITH_ELECTRON.flatMap(testFiles)),
    await nodeTest("real windows", testFiles("e2e")),
  ];
  return { majors: electronMajors(), run };
}

/**
 * The tests in real windows, in Electrons that `npm test` does without.
 * @returns {Suite}
 */
export function furtherTests() {
  const majors = furtherMajors();
  const env = { ...process.env, ELECTRON_MAJORS: majors.join() };
  const run = () =>
    nodeTest(`real windows, Electron ${majors.join(", ")}`, testFiles("e2e"), { env });
  return { majors, run: async () => (majors.length > 0 ? [await run()] : []) };
}

/**
 * The package as users install, bundle and package it: minutes, not seconds.
 * @returns {Suite}
 */
export function installTests() {
  const run = async () => [await nodeTest("installed", testFiles("install"))];
  return { majors: [33, 22, 9], run };
}

/**
 * The page's and the preload's side in a current Chromium, newer than that of any Electron here; and
 * the site of the documents, as a reader's browser shows it.
 * @returns {Suite}
 */
export function chromiumTests() {
  const run = async () => {
    await ensureChromium();
    return [
      await nodeTest("in Chromium", testFiles("chromium")),
      await nodeTest("the site", testFiles("site")),
    ];
  };
  return { majors: [], run };
}

/**
 * Prepares, runs, and ends with the one line `N passed, N failed` and the exit code.
 * @param {...() => Suite} makers
 */
export async function conclude(...makers) {
  try {
    const suites = makers.map((make) => make());
    await prepare(suites.flatMap(({ majors }) => majors));
    const outcomes = [];
    for (const { run } of suites) outcomes.push(...(await run()));
    report(outcomes);
  } catch (error) {
    console.error(error);
    console.log("0 passed, 1 failed");
    process.exitCode = 1;
  }
}

/** @param {readonly (number | undefined)[]} majors */
async function prepare(majors) {
  await ensureNodeModules();
  await ensureDebianPackages();
  await requireElectrons([...new Set(majors)]);
  await build();
}

/**
 * An Electron that is missing is a failure before anything is run; each is named, with its remedy.
 * @param {readonly (number | undefined)[]} majors
 * @param {typeof electronRuntime} [find]
 */
export async function requireElectrons(majors, find = electronRuntime) {
  const missing = [];
  for (const major of majors) {
    try {
      const { version, source } = await find(major);
      log(`Electron ${version} (${source})`);
    } catch (error) {
      missing.push(/** @type {Error} */ (error).message);
    }
  }
  if (missing.length > 0) throw new Error(missing.join("\n\n"));
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
  for (const line of closingLines(outcomes)) console.log(line);
  const { passed, failed } = sumOf(outcomes);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

/**
 * How long each part took, the slowest tests, those that failed, and last how many passed and failed.
 * @param {readonly Outcome[]} outcomes
 */
export function closingLines(outcomes) {
  const { passed, failed } = sumOf(outcomes);
  return [
    "Seconds of each part:",
    ...outcomes.map(({ name, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${name}`),
    "The slowest tests:",
    ...slowest(outcomes.flatMap(({ times }) => times)),
    ...failedLines(outcomes.flatMap(({ failures }) => failures)),
    `${passed} passed, ${failed} failed`,
  ];
}

/** @param {readonly Outcome[]} outcomes */
function sumOf(outcomes) {
  /** @param {"passed" | "failed"} key */
  const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  return { passed: sum("passed"), failed: sum("failed") };
}
