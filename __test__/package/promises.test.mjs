// docs/guarantees.md names the tests of each promise, docs/electron-support.md those of each change in
// Electron: they must exist under those names, where they are said to run.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";

const documentOf = (name) => readFileSync(join(ROOT, "docs", name), "utf8");

/** The rows of a document's table, without its head. */
function rowsOf(document, head, least) {
  const text = documentOf(document);
  const table = text.slice(text.indexOf(head)).split("\n\n")[0];
  const rows = table.split("\n").slice(2);
  if (rows.length < least) throw new Error(`docs/${document} has no table that begins ${head}`);
  return rows.map((row) => row.split("|").map((cell) => cell.trim()));
}

/** Each section of a document: its heading, its sentences, and the list at its end. */
function sectionsOf(document, least) {
  const sections = documentOf(document).split(/^## /m).slice(1);
  if (sections.length < least) throw new Error(`docs/${document} has no heading for each promise`);
  return sections.map((section) => {
    const [heading, ...rest] = section.trim().split("\n");
    const list = rest.length - [...rest].reverse().findIndex((line) => !line.startsWith("- "));
    return {
      heading,
      sentences: rest.slice(0, list).join("\n").trim(),
      items: rest.slice(list),
    };
  });
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

const javascriptOf = (folder) => sources(folder, "js").replace(/\s+/g, " ");
const rust = sources("src/router/tests", ".rs");
const javascript = javascriptOf("__test__");

/** Where the tests of a list are, by what the list calls them. */
const PLACES = {
  "in memory": ["pair", "testing"].map((each) => javascriptOf(`__test__/${each}`)).join("\n"),
  codec: javascriptOf("__test__/codec"),
  bundled: javascriptOf("__test__/package"),
  windows: javascriptOf("__test__/e2e"),
  docs: javascriptOf("__test__/docs"),
};

const namesInRust = (tests) => [...tests.matchAll(/`(\w+)`/g)].map(([, name]) => name);
const namesInJavaScript = (tests) => [...tests.matchAll(/\*([^*]+)\*/g)].map(([, name]) => name);

function assertThere(tests, place = javascript) {
  const [inRust, inJavaScript] = [namesInRust(tests), namesInJavaScript(tests)];
  assert.ok(inRust.length + inJavaScript.length > 0, "no test is named");
  for (const name of inRust) assert.ok(rust.includes(`fn ${name}(`), name);
  for (const name of inJavaScript) assert.ok(place.includes(name), name);
}

/** `- place: test`, with a remark in brackets behind it where one is wanted. */
const ITEM = /^- (Rust: `\w+`|(?:in memory|codec|bundled|windows|docs): \*[^*]+\*)(?: \(.+\))?$/;

for (const { heading, sentences, items } of sectionsOf("guarantees.md", 20)) {
  if (heading === "What is not promised") continue;
  test(`the tests of "${heading}" are there`, () => {
    assert.match(sentences, /[.:|]$/, "no sentence says what is promised");
    assert.ok(items.length > 0, "no test is named");
    for (const item of items) {
      assert.match(item, ITEM);
      const [, place] = /^- ([^:]+):/.exec(item);
      assertThere(item, place === "Rust" ? "" : PLACES[place]);
    }
  });
}

for (const [, version, change, , , tests] of rowsOf("electron-support.md", "| Electron |", 8)) {
  test(`Electron ${version}, ${change}: its test is there, or none is said`, () => {
    if (tests !== "none") assertThere(tests);
  });
}
