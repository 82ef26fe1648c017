// The lines of the compiler in docs/contract.md are those that the compiler says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { promises } from "../package/mistakes.mjs";
import { textOf } from "./blocks.mjs";

const [, section] = textOf("docs/contract.md").split(/^## Mistakes$/m);
const rows = [...section.matchAll(/^\| (.+?) \| `(.+)` \|$/gm)];

test("docs/contract.md shows lines of the compiler that its tests promise", () => {
  const promised = new Set(promises().map(({ line }) => line));
  const shown = rows.map(([, , line]) => line.replaceAll("\\|", "|"));
  assert.deepEqual(
    shown.filter((line) => !promised.has(line)),
    [],
  );
  assert.ok(shown.length > 10);
});
