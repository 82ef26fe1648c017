import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";
import { KNOWN } from "../../scripts/windows/known-failures.mjs";
import { note, noteUnseen, suiteFiles } from "../../scripts/windows/suites.mjs";
import { windowsPath, wineCommand } from "../../scripts/windows/wine.mjs";

const LISTED = [
  { suite: "a.js", test: "always", reason: "Wine lacks it" },
  { suite: "a.js", test: "now and then", reason: "Wine is slow", sometimes: true },
];

function outcomeOf(t, results) {
  t.mock.method(console, "error", () => {});
  const outcome = { passed: 0, failed: 0, expected: [], stale: [] };
  for (const [name, error] of results) note(outcome, "a.js", name, error, LISTED);
  return outcome;
}

test("a listed test may fail, and is told with its reason", (t) => {
  const outcome = outcomeOf(t, [
    ["always", "no"],
    ["now and then", "no"],
    ["other", undefined],
  ]);
  assert.deepEqual([outcome.passed, outcome.failed], [1, 0]);
  assert.deepEqual(outcome.expected, [
    "a.js: always (Wine lacks it)",
    "a.js: now and then (Wine is slow)",
  ]);
});

test("a test outside the list fails the run", (t) => {
  assert.equal(outcomeOf(t, [["other", "no"]]).failed, 1);
});

test("a listed test that passes is stale, unless it is listed as passing sometimes", (t) => {
  const { passed, stale } = outcomeOf(t, [["always"], ["now and then"]]);
  assert.deepEqual([passed, stale], [2, ["a.js: always passes now"]]);
});

test("a listed test that its suite does not have is stale", () => {
  const outcome = { passed: 0, failed: 0, expected: [], stale: [] };
  noteUnseen(outcome, "a.js", new Set(["always"]), LISTED);
  assert.deepEqual(outcome.stale, ["a.js: now and then is no test of it"]);
});

test("what is listed is there, and has a reason", () => {
  for (const { suite, test: name, reason } of KNOWN) {
    assert.ok(suiteFiles().includes(suite), suite);
    const text = readFileSync(join(ROOT, "__test__", "e2e", "suites", suite), "utf8");
    // Names are often made of parts.
    const words = name.split(/[^\w ]+/).filter((part) => part.length > 8);
    assert.ok(
      words.some((part) => text.includes(part.trim())),
      name,
    );
    assert.ok(reason.length > 20, name);
  }
});

test("Wine has this machine's paths on a drive, and Electron gets the flags that it needs there", () => {
  assert.equal(windowsPath("/a folder/b.node"), "Z:\\a folder\\b.node");
  const { command, args, env } = wineCommand("/e/electron.exe", ["/app", "--x"], 7, { MORE: "1" });
  assert.equal(command, "xvfb-run");
  assert.deepEqual(args.slice(-6), [
    "/e/electron.exe",
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",
    "/app",
    "--x",
  ]);
  assert.deepEqual([env.MORE, env.WINEARCH, env.ELECTRON_RUN_AS_NODE], ["1", "win64", undefined]);
});
