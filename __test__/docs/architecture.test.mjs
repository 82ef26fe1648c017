// ARCHITECTURE.md and the decisions name files that are there, and the tree leaves no folder out.
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";
import { DOCUMENTS, textOf } from "./blocks.mjs";

const DESIGN = DOCUMENTS.filter((name) => /^(ARCHITECTURE\.md|docs\/design\/)/.test(name));

/** Paths from the root, in backticks: those of a folder end in a slash or name none of its files. */
const PATH = /`((?:js|src|docs|scripts|site|benches|__test__|demo|npm)\/[\w./-]*)`/g;

/** The rows of the section's first table, without its head. */
function rowsOf(document, section) {
  const text = textOf(document);
  const at = text.indexOf(`\n## ${section}\n`);
  assert.ok(at >= 0, `${document} has no section ${section}`);
  const table = /\n\|.*(?:\n\|.*)+/.exec(text.slice(at))[0].trim().split("\n");
  return table.slice(2).map((row) => row.split("|").map((cell) => cell.trim()));
}

function foldersIn(path) {
  return readdirSync(join(ROOT, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${path}/${name}/`);
}

for (const document of DESIGN) {
  test(`${document} names files and folders that are there`, () => {
    const named = [...textOf(document).matchAll(PATH)].map(([, path]) => path);
    assert.deepEqual(
      named.filter((path) => !existsSync(join(ROOT, path))),
      [],
    );
  });
}

test("the tree of ARCHITECTURE.md has a row for each folder of js/ and src/", () => {
  const rows = rowsOf("ARCHITECTURE.md", "The tree").map(([, where]) => where);
  const main = foldersIn("js/main");
  const folders = [...foldersIn("js"), ...main, ...foldersIn("src")];
  assert.ok(folders.length > 10);
  assert.deepEqual(
    folders.filter((folder) => !rows.includes(`\`${folder}\``)),
    [],
  );
});

test("each decision is listed in docs/design/README.md, numbered without a gap", () => {
  const files = readdirSync(join(ROOT, "docs", "design")).filter((name) => /^\d{4}-/.test(name));
  const rows = rowsOf("docs/design/README.md", "Decisions");
  assert.deepEqual(
    rows.map(([, number, link]) => [number, /\((.*)\)/.exec(link)[1]]),
    files.sort().map((name, i) => [String(i + 1), name]),
  );
  for (const name of files) {
    const text = textOf(`docs/design/${name}`);
    assert.match(text, new RegExp(`^# ${Number(name.slice(0, 4))}\\. `));
    for (const part of ["Condition", "Decision", "Measurement", "Consequence"]) {
      assert.ok(text.includes(`\n**${part}.**`), `${name} has no ${part}`);
    }
  }
});

for (const document of ["ARCHITECTURE.md", "CONTRIBUTING.md"]) {
  test(`${document} leads to the glossary`, () => {
    assert.ok(textOf(document).includes("](docs/design/glossary.md)"));
  });
}

/** They serve several folders, which call them and continue. */
const SERVING = ["js/codec", "js/transport", "js/requests"];

/** The folders of a way's files, each as often as it is entered. */
function foldersAlong(way) {
  const paths = [...way.matchAll(/`((?:js|src)\/[\w/-]+)\/[\w.-]+`/g)].map(([, folder]) => folder);
  const folders = paths.filter((folder) => !SERVING.includes(folder));
  return folders.filter((folder, i) => folder !== folders[i - 1]);
}

const WAYS = ["A message from page to page", "A request to main, and its answer"];

for (const title of WAYS) {
  test(`${title}: each folder is entered once on the way up, and once on the way down`, () => {
    const [, section] = textOf("ARCHITECTURE.md").split(`\n### ${title}\n`);
    const [up, down] = ["Up", "Down"].map(
      (way) => new RegExp(`\\b${way}:\\n\\n((?:\\d+\\. .*\\n)+)`).exec(section)[1],
    );
    for (const way of [up, down]) {
      const folders = foldersAlong(way);
      assert.ok(folders.length > 3);
      assert.deepEqual(folders, [...new Set(folders)]);
    }
  });
}
