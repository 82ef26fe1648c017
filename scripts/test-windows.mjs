// The package in Electrons for Windows, under Wine, with the binary that is built for Windows here.
// Ends with a line `N passed, N failed`. Options: --tour runs the demo alone; --suites=a,b some suites.
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { crossBuild } from "./cross/build.mjs";
import { cannotCross } from "./cross/toolchain.mjs";
import { build } from "./lib/build.mjs";
import { runCommand } from "./lib/command.mjs";
import { log } from "./lib/run.mjs";
import { packagedBinary, targetNamed } from "./lib/targets.mjs";
import { packagedDemo, unpackedNatives } from "./windows/archive.mjs";
import { WINDOWS_MAJORS, windowsElectron } from "./windows/electrons.mjs";
import { runSuite, suiteFiles } from "./windows/suites.mjs";
import { DEMO, tour } from "./windows/tour.mjs";
import { ensureWine, windowsPath } from "./windows/wine.mjs";

const USAGE = `usage: npm run test:windows -- [--tour] [--suites NAME,NAME] [--prebuilt]

  --tour      the demo's tour in each Electron, and no more
  --suites    these end-to-end suites, and no more
  --prebuilt  take the Windows binary that is in npm/, as an earlier run built it`;

const TARGET = targetNamed("win32-x64-msvc");
/** The Electron that the suites run in. */
const SUITES_MAJOR = 22;

/** @typedef {{ tour: boolean, suites: string[], prebuilt: boolean }} Options */
/** @typedef {{ passed: number, failed: number }} Count */

/** @returns {Options} */
function readOptions() {
  const { values } = parseArgs({
    options: {
      tour: { type: "boolean" },
      suites: { type: "string" },
      prebuilt: { type: "boolean" },
    },
  });
  const suites = (values.suites ?? "").split(",").filter(Boolean);
  return { tour: values.tour ?? false, suites, prebuilt: values.prebuilt ?? false };
}

/** @param {Options} options */
async function testWindows({ tour: tourAlone, suites, prebuilt }) {
  requireLinux();
  await prepare(prebuilt);
  /** @type {Count} */
  const count = { passed: 0, failed: 0 };
  if (suites.length === 0) await tours(count);
  if (suites.length === 0 && !tourAlone) await packagedTours(count);
  if (!tourAlone) await allSuites(count, suites);
  console.log(`${count.passed} passed, ${count.failed} failed`);
  return count.failed === 0 && count.passed > 0 ? 0 : 1;
}

function requireLinux() {
  const reason = process.arch === "x64" ? cannotCross() : "Windows' Electron runs on x64 alone";
  if (reason) throw new Error(`npm run test:windows: ${reason}. On Windows itself, run npm test`);
}

/** @param {boolean} prebuilt */
async function prepare(prebuilt) {
  await build();
  const { bundleDemo } = await import("../demo/bundle.mjs");
  await bundleDemo();
  if (!prebuilt || !existsSync(packagedBinary(TARGET))) await crossBuild(TARGET);
  await ensureWine();
}

/** The checkout's own files are tried with the binary beside them nowhere: its path is given. */
function withBinary() {
  return { NAPI_RS_NATIVE_LIBRARY_PATH: windowsPath(packagedBinary(TARGET)) };
}

/** @param {Count} count */
async function tours(count) {
  for (const major of WINDOWS_MAJORS) {
    const electron = await windowsElectron(major);
    const name = `the demo in Electron ${electron.version} for Windows`;
    await attempt(count, name, () => tour(electron, { folder: DEMO, env: withBinary() }));
  }
}

/** @param {Count} count */
async function packagedTours(count) {
  const electron = await windowsElectron(SUITES_MAJOR);
  for (const unpack of [undefined, "**/*.node"]) {
    const where = unpack ? "outside of its archive" : "inside its archive";
    const name = `the packaged demo, its native file ${where}`;
    await attempt(count, name, async () => {
      const executable = await packagedDemo(electron, unpack ? { unpack } : {});
      const outside = unpackedNatives(executable).length;
      if (outside !== (unpack ? 1 : 0)) throw new Error(`${outside} native files are outside`);
      return tour({ ...electron, executable }, {});
    });
  }
}

/**
 * @param {Count} count
 * @param {readonly string[]} named
 */
async function allSuites(count, named) {
  const { prepareApp } = await import("../__test__/e2e/lib/prepare.mjs");
  const electron = await windowsElectron(SUITES_MAJOR);
  const app = await prepareApp();
  try {
    for (const file of wantedSuites(named)) {
      log(`${file} in Electron ${electron.version} for Windows`);
      const outcome = await runSuite(electron, file, app.folder, withBinary());
      addOutcome(count, outcome);
    }
  } finally {
    await app.remove();
  }
}

/**
 * An entry of the list that does not hold fails the run as well: the list cannot rot.
 * @param {Count} count
 * @param {import("./windows/suites.mjs").SuiteOutcome} outcome
 */
function addOutcome(count, { passed, failed, expected, stale }) {
  count.passed += passed;
  count.failed += failed + stale.length;
  for (const line of expected) console.log(`as listed: ${line}`);
  for (const line of stale) {
    console.error(`not ok: take it out of scripts/windows/known-failures.mjs: ${line}`);
  }
  console.log(`  ${passed} passed, ${failed} failed, ${expected.length} failed as listed`);
}

/** @param {readonly string[]} named */
function wantedSuites(named) {
  const files = suiteFiles();
  const unknown = named.filter((name) => !files.some((file) => isNamed(file, name)));
  if (unknown.length > 0) throw new Error(`there is no suite ${unknown.join(", ")}`);
  return files.filter((file) => named.length === 0 || named.some((name) => isNamed(file, name)));
}

/**
 * @param {string} file
 * @param {string} name
 */
function isNamed(file, name) {
  return file.replace(/(\.isolated)?\.js$/, "") === name;
}

/**
 * @param {Count} count
 * @param {string} name
 * @param {() => string | Promise<string>} test
 */
async function attempt(count, name, test) {
  log(name);
  try {
    console.log(`  ${await test()}`);
    count.passed += 1;
  } catch (error) {
    console.error(`not ok: ${name}\n${/** @type {Error} */ (error).message}`);
    count.failed += 1;
  }
}

await runCommand(readOptions, USAGE, testWindows);
