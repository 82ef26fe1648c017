import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { readmeTable, withTable } from "../../benches/lib/readme.mjs";
import { comparisons } from "../../benches/lib/results.mjs";
import { SIDE_BY_SIDE, sideBySide } from "../../benches/lib/side-by-side.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";

const { CASES } = createRequire(import.meta.url)("../../benches/cases.js");
const README = readFileSync(join(ROOT, "README.md"), "utf8");

test("README's table has the figures of benches/results: npm run bench -- --readme writes it", () => {
  assert.equal(withTable(README, comparisons()), README);
});

test("README's picture has the figures of benches/results too, and README shows it", () => {
  const file = join("benches", "results", SIDE_BY_SIDE);
  assert.equal(readFileSync(join(ROOT, file), "utf8"), sideBySide(comparisons()));
  assert.ok(README.includes(`](benches/results/${SIDE_BY_SIDE})`));
});

/** Results as they would be in another Electron. */
function inElectron(electron, ratio) {
  const ratios = { prokit: { ratio }, hand: { ratio: null } };
  return { electron, cases: CASES.map(({ id }) => ({ id, ratios })) };
}

test("an Electron that was measured too stands beside the others, the newest first and in bold", () => {
  const all = [inElectron("33.2.1", 0.5), inElectron("22.3.25", 0.25), inElectron("9.4.1", 2)];
  const [head, rule, first, ...rest] = readmeTable(all).split("\n");
  assert.equal(
    head,
    "| | Electron 33: prokit | by hand | Electron 22: prokit | by hand | Electron 9: prokit | by hand |",
  );
  assert.equal(rule, "|---|---|---|---|---|---|---|");
  assert.equal(
    first,
    "| main to window, 20,000 small messages | **0.50** | – | 0.25 | – | 2.00 | – |",
  );
  assert.equal(rest.length + 1, CASES.length, "a row for each case");
});

test("a case or a rival that was not measured is shown as that, and breaks nothing", () => {
  const { electron, cases } = inElectron("33.2.1", 0.5);
  const older = { electron, cases: cases.filter(({ id }) => id !== "request-lone") };
  const rows = readmeTable([older]).split("\n");
  const lone = rows.filter((row) => row.includes("not measured"));
  assert.deepEqual(lone, [
    "| one small request, an app with one window | not measured | not measured |",
  ]);
  const without = { electron, cases: cases.map(({ id }) => ({ id, ratios: {} })) };
  assert.match(
    readmeTable([without]),
    /^\| one small request.* \| not measured \| not measured \|$/m,
  );
});

test("a README without such a table is rejected", () => {
  assert.throws(() => withTable("# nothing\n", comparisons()), /README\.md has no table/);
});
