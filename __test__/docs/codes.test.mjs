// The list of error codes in docs/troubleshooting.md is that of the protocol and of index.d.ts.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";

const read = (...path) => readFileSync(join(ROOT, ...path), "utf8");

/** The members of a union of texts. */
function union(text, name) {
  const [, members] = new RegExp(`export type ${name} =([\\s\\S]*?);\n(?:\n|$)`).exec(text);
  return [...members.matchAll(/"(ERR_\w+)"/g)].map(([, code]) => code).sort();
}

const ROW = /^\| `(ERR_\w+)` \|(.+)\|$/gm;
const rows = [...read("docs", "troubleshooting.md").matchAll(ROW)];
const told = rows.map(([, code]) => code).sort();

test("each code of the protocol is told, once, and no other", () => {
  const codes = union(read("js", "protocol", "protocol.ts"), "Code");
  assert.ok(codes.length > 10);
  assert.deepEqual(told, codes);
});

test("each code of index.d.ts is told, and no other", () => {
  assert.deepEqual(told, union(read("index.d.ts"), "ErrorCode"));
});

test("each is told with its meaning, its cause and its remedy", () => {
  for (const [, code, rest] of rows) {
    const cells = rest.split(/(?<!\\)\|/).map((cell) => cell.trim());
    assert.equal(cells.length, 3, code);
    for (const cell of cells) assert.ok(cell.length > 4, `${code}: ${cell}`);
  }
});
