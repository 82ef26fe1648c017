import assert from "node:assert/strict";
import { test } from "node:test";
import { AS_TODAY_ALLOWANCE, goalOf, goalsTable, missedGoals } from "../../benches/lib/goals.mjs";
import { Results } from "../../benches/lib/results.mjs";
import { MACHINE } from "./machine.mjs";

/** Results of a case from these samples: numbers, or what a sample of single messages has. */
function resultsOf(samples, { id = "request", electron = "22.3.25", faults = [], today } = {}) {
  const rounds = samples.switchyard.length;
  const results = new Results({ rounds, cases: [id], smoke: false, today });
  results.hear({ type: "runtime", electron, chrome: "108", node: "16" });
  for (const [rival, values] of Object.entries(samples)) {
    for (const value of values) {
      const sample = typeof value === "number" ? { value } : value;
      results.hear({ type: "sample", id, rival, ...sample });
    }
  }
  for (const rival of faults) results.hear({ type: "fault", id, rival, error: "lost" });
  return results.whole(MACHINE);
}

/** What is kept of a case: its rounds, and their ratio where they agree. */
function kept(id, ratio, rounds = [ratio]) {
  return { cases: [{ id, ratios: { hand: { ratio, rounds } } }] };
}

test("the goals by hand are those of each Electron", () => {
  for (const major of [33, 22]) {
    for (const [id, goal] of [
      ["request-lone", 0.92],
      ["request", 1],
      ["ping", 0.85],
      ["stream", 1],
      ["text-across", 0.75],
      ["service", 1.05],
      ["services", 0.15],
      ["publish-small", 0.1],
      ["publish-large", 0.35],
    ]) {
      assert.equal(goalOf(id, "hand", major), goal, id);
      assert.equal(goalOf(id, "hand", 9), 1.1, id);
    }
  }
});

const AS_TODAY = [
  ...["rows", "rows-undefined", "rows-across", "bytes"],
  ...["requests", "flood", "flood-across", "broadcast"],
];

test("rows, bytes, bursts and broadcast stay as they are in benches/results", () => {
  for (const id of AS_TODAY) {
    assert.equal(goalOf(id, "hand", 33, kept(id, 0.5)), 0.5 * AS_TODAY_ALLOWANCE, id);
    assert.equal(goalOf(id, "hand", 9, kept(id, 0.5)), 1.1, id);
  }
});

test("where kept rounds disagree the largest is today's, and without any it is no slower", () => {
  assert.equal(goalOf("rows", "hand", 22, kept("rows", null, [0.1, 0.3])), 0.33);
  assert.equal(goalOf("rows", "hand", 22, kept("bytes", 0.5)), 1);
  assert.equal(goalOf("rows", "hand", 22), 1);
});

test("in Electron 9 the goal is to be no slower than electron-prokit, and the port is no goal", () => {
  assert.equal(goalOf("request", "prokit", 9), 1);
  assert.equal(goalOf("request", "prokit", 22), 0.7);
  assert.equal(goalOf("request", "port", 22), null);
  assert.equal(goalOf("first-use", "hand", 33), null);
  assert.equal(goalOf("service", "comlink", 33), null);
});

test("a goal by hand has no allowance: a figure above it is missed, however little", () => {
  const of = (share) =>
    missedGoals(resultsOf({ switchyard: [share], hand: [1] }, { id: "request-lone" }));
  assert.deepEqual(of(0.92), []);
  assert.deepEqual(of(0.9204), ["request-lone / hand: 0.9204; the goal is 0.92"]);
});

test("a share that is worse than today's is missed", () => {
  const today = kept("rows", 0.4);
  const of = (share) =>
    missedGoals(resultsOf({ switchyard: [share], hand: [1] }, { id: "rows", today }), today);
  assert.deepEqual(of(0.43), []);
  assert.deepEqual(of(0.46), ["rows / hand: 0.46; the goal is 0.44"]);
});

test("main's CPU for a lone request is at most 15 us above that over a raw port", () => {
  const one = (cpu) => ({ value: 1, p50: 1, p99: 1, cpu });
  const of = (cpu, electron) => {
    const samples = { switchyard: [one(cpu)], hand: [{ ...one(90), value: 2 }], port: [one(50)] };
    return missedGoals(resultsOf(samples, { id: "request-lone", electron }));
  };
  assert.deepEqual(of(65), []);
  assert.match(
    of(66)[0],
    /^request-lone, us of main's CPU above a raw port's: 16; the goal is 15$/,
  );
  assert.deepEqual(of(66, "9.4.1"), []);
});

test("each goal is printed with its figure, and whether it is met", () => {
  const lines = (samples, options) => goalsTable(resultsOf(samples, options)).split("\n");
  const met = lines({ switchyard: [0.6], prokit: [1], hand: [1] });
  assert.match(met[1], /^one small request.* time by hand +1\.00 +0\.60 +met$/);
  assert.match(met[2], /electron-prokit's time +0\.700 +0\.60 +met$/);
  assert.match(lines({ switchyard: [2], prokit: [1], hand: [1] })[1], /1\.00 +2\.0 +missed$/);
  assert.match(lines({ switchyard: [0.5, 3], hand: [1, 1] })[1], /0\.50 to 3\.0 +undecided$/);
  assert.match(lines({ switchyard: [1], prokit: [1] })[1], / - +not measured$/);
});

test("a goal is missed beyond 15 %", () => {
  const of = (share) => missedGoals(resultsOf({ switchyard: [share], prokit: [1], hand: [9] }));
  assert.deepEqual(of(0.7 * 1.14), []);
  assert.deepEqual(of(0.7 * 1.16), ["request / prokit: 0.81; the goal is 0.7"]);
});

test("rounds that disagree miss, meet or leave open a goal by where they all lie", () => {
  const of = (...shares) => missedGoals(resultsOf({ switchyard: shares, prokit: [1, 1] }));
  assert.deepEqual(of(0.1, 0.5), []);
  assert.match(of(1, 3)[0], /above 1\.0/);
  assert.match(of(0.5, 3)[0], /undecided/);
});

test("a case that did not run for this package misses its goal", () => {
  const results = resultsOf({ switchyard: [1], prokit: [1] }, { faults: ["switchyard"] });
  assert.deepEqual(missedGoals(results), ["request: did not run"]);
});
