import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { chart } from "../../benches/lib/chart.mjs";
import { startsOf } from "../../benches/lib/compare.mjs";
import { Results } from "../../benches/lib/results.mjs";
import { median, ratioOf, ratioOfStarts, spread } from "../../benches/lib/statistics.mjs";
import { table } from "../../benches/lib/table.mjs";
import { MACHINE } from "./machine.mjs";

const require = createRequire(import.meta.url);
const { inTurn } = require("../../benches/app/in-turn.js");
const { rotated } = require("../../benches/app/rotated.js");

/** Results of the case "request" from these samples. */
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

test("what a rival cannot do or fails in is said, and is no number", () => {
  const results = resultsOf({ switchyard: [1], prokit: [1], hand: [2] }, { faults: ["hand"] });
  const { rivals, ratios } = results.cases[0];
  assert.deepEqual(rivals.port, { cannot: "it has no ports" });
  assert.deepEqual(rivals.hand, { failed: "lost" });
  assert.deepEqual(Object.keys(ratios), ["prokit"]);
  assert.match(table(results), /failed +cannot/);
});

test("the chart names Electron, CPU, commit and N", () => {
  const picture = chart(resultsOf({ switchyard: [1], prokit: [2], hand: [2] }));
  for (const named of ["Electron 22.3.25", "A &lt;CPU>, 2 cores", "abc1234", "request 1000"]) {
    assert.ok(picture.includes(named), named);
  }
  assert.match(picture, />0\.500</);
});

test("single messages have the medians of their percentiles and of main's CPU", () => {
  const results = new Results({ rounds: 3, cases: ["request-lone"], smoke: false });
  results.hear({ type: "runtime", electron: "33.2.1", chrome: "130", node: "20" });
  for (const p50 of [1, 2, 9]) {
    for (const rival of ["switchyard", "hand"]) {
      const sample = { value: p50 + 1, p50, p99: 10 * p50, cpu: 100 * p50 };
      results.hear({ type: "sample", id: "request-lone", rival, ...sample });
    }
  }
  const whole = results.whole(MACHINE);
  const { switchyard, prokit } = whole.cases[0].rivals;
  assert.equal(switchyard.median, 3);
  assert.deepEqual(switchyard.p50, { median: 2, rounds: [1, 2, 9] });
  assert.deepEqual(switchyard.p99, { median: 20, rounds: [10, 20, 90] });
  assert.deepEqual(switchyard.cpu, { median: 200, rounds: [100, 200, 900] });
  assert.equal(typeof prokit.absent, "string");
  const shown = table(whole);
  assert.match(shown, /one window +hand +3\.00 +2\.00 +20\.0 +200$/m);
  assert.doesNotMatch(table(resultsOf({ switchyard: [1], prokit: [1] })), /p99/);
});

test("pieces of work in turn have the time of all and the percentiles of theirs", async () => {
  const asked = [];
  const { back, time, p50, p99 } = await inTurn(5, async (i) => {
    asked.push(i);
    return -i;
  });
  assert.deepEqual([asked, back], [[0, 1, 2, 3, 4], -4]);
  assert.ok(0 <= p50 && p50 <= p99 && p99 <= time);
});

test("the first request is measured in nine starts of each rival at least, in turn", () => {
  const which = { rivals: ["a", "b"], rounds: 9 };
  const starts = startsOf(which, { rounds: 5, smoke: false });
  assert.equal(starts.length, 18);
  assert.deepEqual(starts.slice(0, 4), ["a", "b", "b", "a"]);
  assert.equal(startsOf(which, { rounds: 11, smoke: false }).length, 22);
  assert.deepEqual(startsOf(which, { rounds: 5, smoke: true }), ["a", "b"]);
});

test("starts of an app are compared by their medians, however they differ", () => {
  assert.equal(ratioOfStarts([1, 2, 90], [4, 4, 1]).ratio, 0.5);
});
