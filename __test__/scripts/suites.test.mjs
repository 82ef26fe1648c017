// What `npm test` needs, says first, and says last.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";
import { closingLines, requireElectrons } from "../../scripts/lib/suites.mjs";
import { slowest } from "../../scripts/lib/test-results.mjs";
import { nodeTest } from "../../scripts/lib/test-runs.mjs";

test("every Electron that is missing is named before anything runs", async () => {
  const find = async (major) => {
    if (major !== 22) throw new Error(`No Electron ${major} was found.`);
    return { version: "22.3.25", source: "a box", executable: "electron" };
  };
  await requireElectrons([22], find);
  await assert.rejects(requireElectrons([33, 22, 9], find), ({ message }) => {
    assert.equal(message, "No Electron 33 was found.\n\nNo Electron 9 was found.");
    return true;
  });
});

const outcome = (name, passed, failed, times = [], failures = []) => ({
  name,
  passed,
  failed,
  seconds: 61.25,
  times,
  failures,
});

test("the last line counts what passed and failed; before it stand the parts and the slowest tests", () => {
  const times = Array.from({ length: 12 }, (_, i) => ({ name: `test ${i}`, ms: 1000 * i }));
  const lines = closingLines([outcome("in Node", 40, 0, times), outcome("real windows", 2, 1)]);
  assert.equal(lines.at(-1), "42 passed, 1 failed");
  assert.ok(lines.includes("   61.3 s  in Node") || lines.includes("   61.2 s  in Node"));
  const slow = lines.filter((line) => line.includes("s  test "));
  assert.equal(slow.length, 10);
  assert.equal(slow[0], "   11.0 s  test 11");
  assert.deepEqual(slowest([]), []);
});

test("the failed tests stand once more before the last line, each with its error", () => {
  const failures = [{ name: "wrong", why: "Error: on purpose\n    at a line" }];
  const lines = closingLines([outcome("in Node", 1, 1, [], failures), outcome("in Rust", 2, 0)]);
  const shown = "      Error: on purpose\n          at a line";
  assert.deepEqual(lines.slice(-4), [
    "The failed tests:",
    "  ✖ wrong",
    shown,
    "3 passed, 1 failed",
  ]);
});

test("a run's tests are counted and timed, and those with tests inside are not among the slow", async () => {
  const folder = join(ROOT, "target", "test");
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(folder, "suites-"));
  const file = join(work, "a.test.mjs");
  writeFileSync(
    file,
    `import { test } from "node:test";
    test("outer", async (t) => { await t.test("inner", () => { throw new Error("inside"); }); });
    test("parent", async (t) => { await t.test("slow", () => new Promise((r) => setTimeout(r, 60))); });
    test("quick", () => {});
    test("wrong", () => { throw new Error("on purpose"); });
    test("skipped", { skip: true }, () => {});
    test("to do", { todo: true }, () => {});`,
  );
  // This test runs inside such a run, which would have its own swallowed.
  const { NODE_TEST_CONTEXT: _inside, ...env } = process.env;
  const { passed, failed, times, failures } = await nodeTest("of a test", [file], { env });
  rmSync(work, { recursive: true });
  assert.deepEqual([passed, failed], [3, 5]);
  const names = times.map(({ name }) => name).sort();
  assert.deepEqual(names, ["inner", "quick", "skipped", "slow", "to do", "wrong"]);
  assert.ok(times.find(({ name }) => name === "slow").ms >= 59);
  const whys = failures.map(({ name, why }) => `${name}: ${why.split("\n")[0]}`);
  const expected = ["inner: Error: inside", "wrong: Error: on purpose"];
  assert.deepEqual(whys, [...expected, "skipped: is skipped", "to do: is left to do"]);
});
