// Both sides of each pair in docs/from-ipcmain.md run in real Electron, and say what the document
// says that they say.
import assert from "node:assert/strict";
import { test } from "node:test";
import { electronMajors } from "../../scripts/lib/electron-majors.mjs";
import { says } from "./apps.mjs";
import { textOf } from "./blocks.mjs";
import { buildSide, pairsOf } from "./pairs.mjs";

const DOCUMENT = "docs/from-ipcmain.md";
const PAIRS = pairsOf(DOCUMENT, "The app around them");

/** Older ones do not isolate a page unless they are asked to, and have no ports in main. */
const FIRST_ISOLATED = 12;
const majors = electronMajors().filter((major) => !(major < FIRST_ISOLATED));

for (const [number, { title, sides }] of PAIRS.entries()) {
  for (const [i, { name, files, lines }] of sides.entries()) {
    test(`${title}, ${name}: it says what the document says`, async () => {
      const app = await buildSide(`docs-pair-${number}-${i}`, files);
      // Electron prints what handlers throw.
      for (const major of majors) await says(app, lines, { major, noisy: i === 0 });
    });
  }
}

test("each pair has its row in the document's first table, in their order, and each row its pair", () => {
  const rows = [...textOf(DOCUMENT).matchAll(/^\| .+ \| \[(.+)\]\(#[\w-]+\) \|$/gm)];
  assert.ok(PAIRS.length > 10);
  assert.deepEqual(
    rows.map(([, title]) => title),
    PAIRS.map(({ title }) => title),
  );
});
