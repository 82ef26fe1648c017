// The end-to-end suites in an Electron for Windows, one process for each.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../lib/root.mjs";
import { KNOWN } from "./known-failures.mjs";
import { wineCommand } from "./wine.mjs";

/** How many times longer than usual a test, a wait in it and a suite's process may take. */
const SLOWNESS = 4;

/** What the shell around Wine takes to bring the output and to end, in ms. */
const GRACE_MS = 30_000;

/**
 * @typedef {object} SuiteOutcome
 * @property {number} passed
 * @property {number} failed Those that are not listed.
 * @property {string[]} expected What failed and is listed.
 * @property {string[]} stale What is listed and passed, or is not there any more.
 */

/** @returns {string[]} */
export function suiteFiles() {
  return readdirSync(join(ROOT, "__test__", "e2e", "suites")).sort();
}

/**
 * @param {import("./electrons.mjs").WindowsElectron} electron
 * @param {string} file A suite's.
 * @param {string} folder The prepared app.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<SuiteOutcome>}
 */
export async function runSuite(electron, file, folder, env) {
  const { runSuites, TIMEOUT_MS } = await import("../../__test__/e2e/lib/run.mjs");
  const most = TIMEOUT_MS * SLOWNESS;
  const runtime = {
    ...electron,
    patience: most + GRACE_MS,
    launch: (/** @type {typeof electron} */ { executable }, /** @type {string} */ app, args = []) =>
      wineCommand(executable, [app, ...args], most / 1000, {
        ...env,
        E2E_SLOWNESS: `${SLOWNESS}`,
      }),
  };
  const known = KNOWN.filter(({ suite }) => suite === file);
  /** @type {SuiteOutcome} */
  const outcome = { passed: 0, failed: 0, expected: [], stale: [] };
  const names = new Set();
  for await (const { name, ended } of runSuites(runtime, folder, [file])) {
    names.add(name);
    note(outcome, file, name, await ended, known);
  }
  noteUnseen(outcome, file, names, known);
  return outcome;
}

/**
 * @param {SuiteOutcome} outcome
 * @param {string} file
 * @param {string} name
 * @param {string | undefined} error
 * @param {readonly import("./known-failures.mjs").KnownFailure[]} known
 */
export function note(outcome, file, name, error, known) {
  const listed = known.find(({ test }) => test === name);
  if (error === undefined) {
    outcome.passed += 1;
    if (listed && !listed.sometimes) outcome.stale.push(`${file}: ${name} passes now`);
  } else if (listed) {
    outcome.expected.push(`${file}: ${name} (${listed.reason})`);
  } else {
    outcome.failed += 1;
    console.error(`not ok: ${file}: ${name}\n${error.replace(/^/gm, "    ")}`);
  }
}

/**
 * A listed test that the suite does not have any more.
 * @param {SuiteOutcome} outcome
 * @param {string} file
 * @param {ReadonlySet<string>} names The suite's tests.
 * @param {readonly import("./known-failures.mjs").KnownFailure[]} known
 */
export function noteUnseen(outcome, file, names, known) {
  const gone = known.filter(({ test }) => !names.has(test));
  outcome.stale.push(...gone.map(({ test }) => `${file}: ${test} is no test of it`));
}
