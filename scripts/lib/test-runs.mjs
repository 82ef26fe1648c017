import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./root.mjs";
import { log } from "./run.mjs";
import { readResults } from "./test-results.mjs";

const RESULTS_REPORTER = new URL("./test-results.mjs", import.meta.url).href;

/**
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {number} seconds What the whole run took.
 * @property {string} name
 * @property {{ name: string, ms: number }[]} times Of each test; none, where they are not known.
 * @property {{ name: string, why: string }[]} failures The tests that failed for themselves.
 */

/**
 * The router's tests, without Node.
 * @returns {Promise<Outcome>}
 */
export async function cargoTest() {
  log("cargo test --no-default-features");
  const { code, output, seconds } = await show("cargo", ["test", "--no-default-features"]);
  const results = [
    ...output.matchAll(/^test result: .*? (\d+) passed; (\d+) failed; (\d+) ignored/gm),
  ];
  const sum = (group) => results.reduce((total, result) => total + Number(result[group]), 0);
  const counts = { passed: sum(1), failed: sum(2) + sum(3) };
  const failures = [...output.matchAll(/^test (.+) \.\.\. FAILED$/gm)].map(([, failed]) => ({
    name: failed,
    why: panicOf(failed, output),
  }));
  return settle("cargo test", code, { ...counts, seconds, times: [], failures });
}

/** Of all that cargo printed, the first lines about a test that panicked. */
function panicOf(name, output) {
  const [, after = ""] = output.split(`---- ${name} stdout ----\n`);
  return after.trim().split("\n").slice(0, 4).join("\n");
}

/**
 * @param {string} name What these tests are, in a word.
 * @param {readonly string[]} files
 * @param {{ concurrency?: number, env?: NodeJS.ProcessEnv }} [options] concurrency: how many files
 *   run at once.
 * @returns {Promise<Outcome>}
 */
export async function nodeTest(name, files, { concurrency = 1, env = process.env } = {}) {
  log(`node --test: ${name}`);
  mkdirSync(join(ROOT, "target"), { recursive: true });
  const folder = mkdtempSync(join(ROOT, "target", "node-test-"));
  const file = join(folder, "results");
  try {
    const reporters = [
      "--test-reporter=spec",
      "--test-reporter-destination=stdout",
      `--test-reporter=${RESULTS_REPORTER}`,
      `--test-reporter-destination=${file}`,
    ];
    const options = ["--test", `--test-concurrency=${concurrency}`, ...reporters];
    const { code, seconds } = await show(process.execPath, [...options, ...files], env);
    const results = readResults(readFileSync(file, "utf8"));
    const passed = results.filter((each) => each.passed).length;
    const failed = results.length - passed;
    const times = results.filter(({ parent }) => !parent);
    const failures = results.filter(({ why }) => why !== undefined);
    return settle(name, code, { passed, failed, seconds, times, failures });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A run that ends badly without a failed test, or without any test, has failed all the same.
 * @param {string} name
 * @param {number} code
 * @param {Omit<Outcome, "name">} outcome
 * @returns {Outcome}
 */
function settle(name, code, outcome) {
  if (outcome.failed > 0 || (code === 0 && outcome.passed > 0)) return { name, ...outcome };
  const failures = [{ name, why: `ended with exit code ${code}, and named no failed test` }];
  return { name, ...outcome, failed: 1, failures };
}

/** Runs a command, shows what it prints, and keeps its standard output. */
function show(command, args, env = process.env) {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code: code ?? 1, output, seconds: (performance.now() - start) / 1000 });
    });
  });
}
