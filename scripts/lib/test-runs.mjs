import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./root.mjs";
import { log } from "./run.mjs";

/** @typedef {{ passed: number, failed: number }} Outcome */

/**
 * The router's tests, without Node.
 * @returns {Promise<Outcome>}
 */
export async function cargoTest() {
  log("cargo test --no-default-features");
  const { code, output } = await show("cargo", ["test", "--no-default-features"]);
  const results = [
    ...output.matchAll(/^test result: .*? (\d+) passed; (\d+) failed; (\d+) ignored/gm),
  ];
  const sum = (group) => results.reduce((total, result) => total + Number(result[group]), 0);
  return settle(code, sum(1), sum(2) + sum(3));
}

/**
 * @param {readonly string[]} files
 * @returns {Promise<Outcome>}
 */
export async function nodeTest(files) {
  log("node --test");
  const tap = join(ROOT, "target", "node-test.tap");
  mkdirSync(join(ROOT, "target"), { recursive: true });
  const reporters = [
    "--test-reporter=spec",
    "--test-reporter-destination=stdout",
    "--test-reporter=tap",
    `--test-reporter-destination=${tap}`,
  ];
  // One file at a time: several Electrons at once on two cores only time each other out.
  const { code } = await show(process.execPath, [
    "--test",
    "--test-concurrency=1",
    ...reporters,
    ...files,
  ]);
  const summary = readFileSync(tap, "utf8");
  const count = (word) => Number(summary.match(new RegExp(`^# ${word} (\\d+)$`, "m"))?.[1] ?? 0);
  // A test that was skipped or left as a to-do has not passed.
  const failed = ["fail", "cancelled", "skipped", "todo"].map(count);
  return settle(
    code,
    count("pass"),
    failed.reduce((a, b) => a + b),
  );
}

/** A run that ends badly without a failed test, or without any test, has failed all the same. */
function settle(code, passed, failed) {
  const silent = failed === 0 && (code !== 0 || passed === 0);
  return { passed, failed: silent ? 1 : failed };
}

/** Runs a command, shows what it prints, and keeps its standard output. */
function show(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
