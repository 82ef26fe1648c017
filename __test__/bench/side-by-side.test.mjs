import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { sideBySide } from "../../benches/lib/side-by-side.mjs";
import { MACHINE } from "./machine.mjs";

const { CASES } = createRequire(import.meta.url)("../../benches/cases.js");

/** Results whose ratios by hand are these, by case. */
function resultsOf(electron, ratios) {
  const cases = Object.entries(ratios).map(([id, hand]) => ({ id, ratios: { hand } }));
  return { ...MACHINE, electron, chrome: "1", rounds: 5, cases };
}

function times(picture, words) {
  return picture.split(words).length - 1;
}

test("two Electrons have a bar each for each case, whatever else was measured", () => {
  const ratio = (value) => ({ ratio: value, rounds: [value], goal: 1 });
  const of = (value) => Object.fromEntries(CASES.map(({ id }) => [id, ratio(value)]));
  const all = [
    resultsOf("33.2.1", of(0.5)),
    resultsOf("22.3.25", of(0.25)),
    resultsOf("9.4.1", {}),
  ];
  const picture = sideBySide(all);
  assert.equal(times(picture, ">0.50<"), CASES.length);
  assert.equal(times(picture, ">0.25<"), CASES.length);
  assert.equal(times(picture, "not measured"), 0);
  for (const { title } of CASES) assert.ok(picture.includes(`>${title}<`), title);
  assert.match(picture, /Electron 33\.2\.1 .*A &lt;CPU>/);
  assert.match(picture, /Electron 22\.3\.25 /);
  assert.doesNotMatch(picture, /Electron 9/);
});

test("a case, a ratio or an Electron that is not there is shown as that", () => {
  const apart = { ratio: null, spread: 3, rounds: [0.1, 0.3], goal: null };
  const picture = sideBySide([resultsOf("33.2.1", { request: apart })]);
  assert.match(picture, /rounds lie between 0\.10 and 0\.30/);
  assert.equal(times(picture, ">not measured<"), 2 * CASES.length - 1);
  assert.match(picture, /Electron 22: not measured/);
});
