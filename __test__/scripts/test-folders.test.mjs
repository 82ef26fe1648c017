// __test__/README.md has a line for each folder of tests, and for no other.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";

const TESTS = join(ROOT, "__test__");

/** Folders whose parts have a line each. */
const IN_PARTS = ["", "e2e", "e2e/app"];

const foldersOf = (parent) =>
  readdirSync(join(TESTS, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => (parent ? `${parent}/${name}` : name));

test("each folder of tests has one line in __test__/README.md, and each line has its folder", () => {
  const text = readFileSync(join(TESTS, "README.md"), "utf8");
  const rows = [...text.matchAll(/^\| `([^`]+)\/` \| (.*) \|$/gm)];
  const named = rows.map(([, folder]) => folder);
  assert.deepEqual([...named].sort(), IN_PARTS.flatMap(foldersOf).sort());
  for (const [, folder, cells] of rows) {
    const [holds, ...run] = cells.split(" | ");
    assert.ok(holds.length > 10, `${folder}: what does it hold?`);
    assert.equal(run.length, 2, `${folder}: what runs it and how long, or dashes`);
    // A number of tests or of minutes would be wrong soon, and nobody would notice.
    assert.doesNotMatch(run[1], /\d/, folder);
  }
});
