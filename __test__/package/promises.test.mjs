// docs/guarantees.md names the tests of each promise: they must exist under those names.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";

/** Rows of its table of promises, without its head. */
function promises() {
  const text = readFileSync(join(ROOT, "docs", "guarantees.md"), "utf8");
  const table = text.slice(text.indexOf("| promise | tests |")).split("\n\n")[0];
  const rows = table.split("\n").slice(2);
  if (rows.length < 10) throw new Error("docs/guarantees.md has no table of promises and tests");
  return rows;
}

function sources(folder, ending) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sources(path, ending);
      return entry.name.endsWith(ending) ? readFileSync(join(ROOT, path), "utf8") : "";
    })
    .join("\n");
}

const rust = sources("src/router/tests", ".rs");
const javascript = sources("__test__", "js").replace(/\s+/g, " ");

for (const row of promises()) {
  const [, promise, tests] = row.split("|").map((cell) => cell.trim());
  test(`the tests of "${promise}" are there`, () => {
    const inRust = [...tests.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    const inJavaScript = [...tests.matchAll(/\*([^*]+)\*/g)].map(([, name]) => name);
    assert.ok(inRust.length + inJavaScript.length > 0, "no test is named");
    for (const name of inRust) assert.ok(rust.includes(`fn ${name}(`), name);
    for (const name of inJavaScript) assert.ok(javascript.includes(name), name);
  });
}
