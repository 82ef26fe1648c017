// docs/guarantees.md names the tests of each promise, docs/electron-support.md those of each change in
// Electron: they must exist under those names.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";

/** The rows of a document's table, without its head. */
function rowsOf(document, head, least) {
  const text = readFileSync(join(ROOT, "docs", document), "utf8");
  const table = text.slice(text.indexOf(head)).split("\n\n")[0];
  const rows = table.split("\n").slice(2);
  if (rows.length < least) throw new Error(`docs/${document} has no table that begins ${head}`);
  return rows.map((row) => row.split("|").map((cell) => cell.trim()));
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

function assertThere(tests) {
  const inRust = [...tests.matchAll(/`(\w+)`/g)].map(([, name]) => name);
  const inJavaScript = [...tests.matchAll(/\*([^*]+)\*/g)].map(([, name]) => name);
  assert.ok(inRust.length + inJavaScript.length > 0, "no test is named");
  for (const name of inRust) assert.ok(rust.includes(`fn ${name}(`), name);
  for (const name of inJavaScript) assert.ok(javascript.includes(name), name);
}

for (const [, promise, tests] of rowsOf("guarantees.md", "| promise | tests |", 10)) {
  test(`the tests of "${promise}" are there`, () => assertThere(tests));
}

for (const [, version, change, , , tests] of rowsOf("electron-support.md", "| Electron |", 8)) {
  test(`Electron ${version}, ${change}: its test is there, or none is said`, () => {
    if (tests !== "none") assertThere(tests);
  });
}
