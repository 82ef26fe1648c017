import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { chart } from "../../benches/lib/chart.mjs";
import { goalOf, missedGoals } from "../../benches/lib/goals.mjs";
import { Results } from "../../benches/lib/results.mjs";
import { median, ratioOf, spread } from "../../benches/lib/statistics.mjs";
import { table } from "../../benches/lib/table.mjs";

const { rotated } = createRequire(import.meta.url)("../../benches/app/rotated.js");

const MACHINE = {
  date: "2026-01-02T03:04:05.000Z",
  commit: "abc1234",
  command: "npm run bench --",
  cpu: "A <CPU>, 2 cores",
  memory: "8 GB",
  system: "linux 6 x64",
  load: { before: 0, after: 1 },
};

/** Results of the case "request", whose goal in Electron 22 is 0.7, from these samples. */
function resultsOf(samples, { electron = "22.3.25", faults = [] } = {}) {
  const rounds = samples.switchyard.length;
  const results = new Results({ rounds, cases: ["request"], smoke: false });
  results.hear({ type: "runtime", electron, chrome: "108", node: "16" });
  results.hear({ type: "cannot", rival: "port", why: "it has no ports" });
  for (const [rival, values] of Object.entries(samples)) {
    for (const value of values) results.hear({ type: "sample", id: "request", rival, value });
  }
  for (const rival of faults) results.hear({ type: "fault", id: "request", rival, error: "lost" });
  return results.whole(MACHINE);
}

test("in as many rounds as there are rivals each has each place once, and one round is not told", () => {
  const rivals = ["a", "b", "c", "d"];
  const rounds = rivals.map((_, round) => rotated(rivals, round + 1));
  for (const [place] of rivals.entries()) {
    assert.deepEqual(rounds.map((round) => round[place]).sort(), rivals);
  }
  assert.deepEqual(rotated([], 3), []);
  const shown = table(resultsOf({ switchyard: [1], prokit: [1] }));
  assert.match(shown, /Three rounds that are not reported go before/);
});

test("the median is the middle value, or half-way between the two in the middle", () => {
  assert.equal(median([10, 9, 1]), 9);
  assert.equal(median([10, 9, 1, 2]), 5.5);
});

test("the spread is the largest value as a multiple of the smallest", () => {
  assert.equal(spread([2, 3, 5]), 2.5);
});

test("a ratio is the median of the ratios of the rounds", () => {
  assert.deepEqual(ratioOf([1, 4, 3], [2, 4, 4]), {
    ratio: 0.75,
    spread: 2,
    rounds: [0.5, 1, 0.75],
  });
});

test("rounds whose ratios differ by more than 2x give no ratio", () => {
  assert.equal(ratioOf([1, 2.1], [1, 1]).ratio, null);
  const shown = table(resultsOf({ switchyard: [1, 2.1], prokit: [1, 1], hand: [4, 4] }));
  assert.match(shown, /\? \(2\.1x\)/);
  assert.match(shown, /no ratio is given/);
  assert.match(chart(resultsOf({ switchyard: [1, 2.1], prokit: [1, 1] })), /no ratio</);
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

test("what a rival cannot do or fails in is said, and is no number", () => {
  const results = resultsOf({ switchyard: [1], prokit: [1], hand: [2] }, { faults: ["hand"] });
  const { rivals, ratios } = results.cases[0];
  assert.deepEqual(rivals.port, { cannot: "it has no ports" });
  assert.deepEqual(rivals.hand, { failed: "lost" });
  assert.deepEqual(Object.keys(ratios), ["prokit"]);
  assert.match(table(results), /failed +cannot/);
});

test("in Electron 9 the goal is to be no slower, and the port is no goal", () => {
  assert.equal(goalOf("request", "prokit", 9), 1);
  assert.equal(goalOf("request", "prokit", 22), 0.7);
  assert.equal(goalOf("request", "hand", 22), 1);
  assert.equal(goalOf("request", "port", 22), null);
});

test("the chart names Electron, CPU, commit and N", () => {
  const picture = chart(resultsOf({ switchyard: [1], prokit: [2], hand: [2] }));
  for (const named of ["Electron 22.3.25", "A &lt;CPU>, 2 cores", "abc1234", "request 1000"]) {
    assert.ok(picture.includes(named), named);
  }
  assert.match(picture, />0\.500</);
});
