import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readmeTable, withTable } from "../../benches/lib/readme.mjs";
import { comparisons } from "../../benches/lib/results.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";

const README = readFileSync(join(ROOT, "README.md"), "utf8");

test("README's table has the figures of benches/results: npm run bench -- --readme writes it", () => {
  assert.equal(withTable(README, comparisons()), README);
});

/** Results as they would be in another Electron. */
function inElectron(electron, ratio) {
  const [{ cases }] = comparisons();
  const ratios = { prokit: { ratio }, hand: { ratio: null } };
  return { electron, cases: cases.map(({ id }) => ({ id, ratios })) };
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
  assert.equal(rest.length + 1, all[0].cases.length, "a row for each case");
});

test("a README without such a table is refused", () => {
  assert.throws(() => withTable("# nothing\n", comparisons()), /README\.md has no table/);
});
