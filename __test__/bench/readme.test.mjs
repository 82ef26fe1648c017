import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { readmeTable, speedTables, withFigures } from "../../benches/lib/readme.mjs";
import { comparisons } from "../../benches/lib/results.mjs";
import { SIDE_BY_SIDE, sideBySide } from "../../benches/lib/side-by-side.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";

const require = createRequire(import.meta.url);
const { CASES } = require("../../benches/cases.js");
const { PACKAGES } = require("../../benches/rivals.js");
const README = readFileSync(join(ROOT, "README.md"), "utf8");
const SPEED = readFileSync(join(ROOT, "docs", "speed.md"), "utf8");

test("README's and docs/speed.md's figures are those of benches/results: npm run bench -- --readme writes them", () => {
  const all = comparisons();
  assert.equal(withFigures(README, readmeTable(all)), README);
  assert.equal(withFigures(SPEED, speedTables(all)), SPEED);
});

test("the picture has the figures of benches/results too, docs/speed.md shows it, and README leads there", () => {
  const file = join("benches", "results", SIDE_BY_SIDE);
  assert.equal(readFileSync(join(ROOT, file), "utf8"), sideBySide(comparisons()));
  assert.ok(SPEED.includes(`](../benches/results/${SIDE_BY_SIDE})`));
  assert.ok(README.includes("](docs/speed.md)"));
});

const MACHINE = { cpu: "a processor, 2 cores", commit: "abc", date: "2026-11-27T", rounds: 5 };

/** Results as they would be in another Electron. */
function inElectron(electron, hand, prokit = { ratio: 0.5 }) {
  const measured = { unit: "ms for all", rivals: { switchyard: { median: 12.34 }, hand: {} } };
  const cases = CASES.map(({ id }) => ({ id, ...measured, ratios: { prokit, hand } }));
  return { electron, ...MACHINE, cases };
}

const rowOf = (text, title) => text.split("\n").find((row) => row.startsWith(`| ${title}`));

test("README has Electron 33 and 22 alone, a row for each chosen case, and says where it was measured", () => {
  const all = [inElectron("33.2.1", { ratio: 0.25 }), inElectron("22.3.25", { ratio: 2 })];
  const text = readmeTable([inElectron("39.0.0", { ratio: 9 }), ...all]);
  const [head, rule, first, ...rest] = text.split("\n");
  assert.equal(
    head,
    "| share of the time of | Electron 33: by hand | Electron 33: prokit | Electron 22: by hand | Electron 22: prokit |",
  );
  assert.equal(rule, "|---|---|---|---|---|");
  assert.equal(first, "| main to window, 20,000 small messages | 0.25 | 0.50 | 2.00 | 0.50 |");
  assert.equal(rest.indexOf(""), 10);
  assert.ok(
    text.endsWith(
      "\n\nMeasured in Electron 33.2.1 on a processor, 2 cores; Electron 22.3.25 on a processor, 2 cores: " +
        "medians of 5 rounds, 2026-11-27, commit abc.",
    ),
  );
});

test("where the rounds differ, a bound above each of them is shown, and never a dash", () => {
  for (const [rounds, shown] of [
    [[0.11, 0.2449, 0.2], "< 0.25"],
    [[0.1, 0.25], "< 0.26"],
    [[0.4, 0.999], "< 1.00"],
    [[0.4, 1.004], "0.40 to 1.01"],
  ]) {
    const text = readmeTable([inElectron("33.2.1", { ratio: null, rounds })]);
    assert.equal(rowOf(text, "1,000 small requests at once").split(" | ")[1], shown);
    assert.doesNotMatch(text, /\| [–-] \|/);
  }
});

test("a case, an Electron or a rival that was not measured is shown as that, and breaks nothing", () => {
  const { cases, ...results } = inElectron("33.2.1", { ratio: 0.5 });
  const older = { ...results, cases: cases.filter(({ id }) => id !== "request-lone") };
  const lone = rowOf(readmeTable([older]), "one small request, an app with one window");
  assert.equal(lone.split("not measured").length - 1, 4);
  const services = rowOf(readmeTable([older]), "1,000 calls of a service");
  assert.match(services, /\| 0\.50 \| has none \| not measured \| has none \|$/);
});

test("docs/speed.md has a table for each Electron, with the times of all and each measured case", () => {
  const text = speedTables([
    inElectron("33.2.1", { ratio: 0.5 }),
    inElectron("9.4.1", { ratio: 1 }),
  ]);
  assert.deepEqual(text.match(/^## .*$/gm), ["## Electron 33", "## Electron 9"]);
  const rows = text.split("\n").filter((row) => row.startsWith("| main to window"));
  assert.equal(
    rows[0],
    "| main to window, 20,000 small messages | ms for all | 12.3 |  |  |  | 0.50 | 0.50 |",
  );
  const first = text.slice(0, text.indexOf("\n| Electron 33: share"));
  assert.equal(first.match(/^\| (?!case )/gm).length, CASES.length);
});

test("packages for calls by name have their versions, their times and this package's share of each", () => {
  const results = inElectron("33.2.1", { ratio: 0.5 });
  const service = results.cases.find(({ id }) => id === "service");
  service.rivals = { trpc: { median: 0.304 }, orpc: { cannot: "it needs Node 18" } };
  service.ratios = { trpc: { ratio: 0.734 } };
  const measured = { ...results, packages: { trpc: "0.1.2" } };
  const [readme, speed] = [readmeTable([measured]), speedTables([measured])];
  const head = "| Electron 33: share of the time of |";
  const names = Object.keys(PACKAGES).length;
  for (const text of [readme, speed]) {
    assert.match(rowOf(text, head.slice(2)), / \| trpc-electron 0\.1\.2 \| @orpc\/server \| /);
    assert.equal(rowOf(text, head.slice(2)).split(" | ").length, 1 + names);
  }
  const row = (text) => text.split("\n").findLast((each) => each.startsWith("| one call of a"));
  assert.equal(
    row(readme),
    "| one call of a service of main | not measured | 0.73 | cannot | not measured |",
  );
  assert.match(row(speed), / \| not measured \| 0\.73 of 0\.304 \| cannot \| not measured \|$/);
});

test("a document without a place for its figures is rejected", () => {
  assert.throws(() => withFigures("# nothing\n", ""), /no comments <!-- figures/);
});
