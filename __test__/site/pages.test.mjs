// The sidebar is made from the documents that there are.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";
import { documentPages, REFERENCE, START, sidebar } from "../../site/lib/pages.mjs";
import { wordsOfPage, wordsOfQuestion } from "../../site/lib/search.mjs";

const FOLDER = join(ROOT, "target", "test", "site-pages");

/** A checkout with documents, by their paths. */
function checkout(documents) {
  rmSync(FOLDER, { recursive: true, force: true });
  for (const [path, text] of Object.entries(documents)) {
    mkdirSync(dirname(join(FOLDER, path)), { recursive: true });
    writeFileSync(join(FOLDER, path), text);
  }
  return documentPages(FOLDER);
}

/** The titles of a sidebar's items, with those inside them. */
const titles = (items) =>
  items.map(({ text, items: inner }) => (inner ? { [text]: titles(inner) } : text));

const links = (items) =>
  items.flatMap(({ link, items: inner }) => [...(link ? [link] : []), ...links(inner ?? [])]);

test("each document is in the sidebar once, in four groups", () => {
  const pages = documentPages();
  const groups = sidebar(pages, []);
  assert.deepEqual(
    groups.map(({ text }) => text),
    ["Start", "Guides", "Reference", "Design"],
  );
  const found = links(groups).filter((link) => link !== "/api/");
  const expected = pages.map(
    ({ path }) => `/${path.replace(/(^|\/)index\.md$/, "$1").replace(/\.md$/, "")}`,
  );
  assert.deepEqual(found.sort(), expected.sort());
});

test("a document that no list names is a guide, and a new folder of docs/ is a group of them", () => {
  const pages = checkout({
    "docs/getting-started.md": "# Getting started\n",
    "docs/zebra.md": "# A zebra\n",
    "docs/values.md": "# What can be sent\n",
    "docs/apple.md": "```sh\n# no title\n```\n\n# The `apple`\n",
    "docs/recipes/vue.md": "# Vue\n",
    "docs/recipes/react.md": "# React\n",
    "docs/tools/README.md": "# Bundlers\n",
    "docs/tools/vite.md": "# Vite\n",
    "docs/design/0002-b.md": "# Two\n",
    "docs/design/0001-a.md": "# One\n",
    "docs/design/README.md": "# Decisions\n",
    "docs/design/glossary.md": "# Words\n",
  });
  assert.deepEqual(titles(sidebar(pages, [{ text: "Calls", link: "/api/calls" }])), [
    { Start: ["Getting started"] },
    {
      Guides: [
        "The apple",
        "What can be sent",
        "A zebra",
        { Recipes: ["React", "Vue"] },
        { Bundlers: ["Vite"] },
      ],
    },
    { Reference: [{ API: ["Calls"] }] },
    { Design: ["Decisions", "Words", "One", "Two"] },
  ]);
});

test("a document takes the place of neither the home page nor the API, and links name its page", () => {
  const pages = checkout({
    "docs/README.md": "# All documents\n",
    "docs/api/index.md": "# By hand\n",
    "docs/reindex.md": "# Reindex\n",
  });
  const paths = pages.map(({ path }) => path);
  assert.deepEqual(paths, ["documents/index.md", "documents/api/index.md", "reindex.md"]);
  const found = links(sidebar(pages, [])).sort();
  assert.deepEqual(found, ["/api/", "/documents/", "/documents/api/", "/reindex"]);
});

test("a document without a title is named", () => {
  assert.throws(() => checkout({ "docs/bare.md": "## Second\n" }), {
    message: "docs/bare.md has no heading of the first level",
  });
});

test("the lists name only documents that there are", () => {
  const missing = [...START, ...REFERENCE].filter((source) => !existsSync(join(ROOT, source)));
  assert.deepEqual(missing, []);
});

test("the search finds a code by itself, by its parts and by its end", () => {
  const page = new Set(wordsOfPage("Error [ERR_NO_PRELOAD]: the page, été."));
  for (const word of ["ERR_NO_PRELOAD", "NO_PRELOAD", "PRELOAD", "ERR", "page", "été"]) {
    assert.ok(page.has(word), word);
  }
  assert.deepEqual(wordsOfQuestion("[ERR_NO_PRELOAD]: a"), ["ERR_NO_PRELOAD", "a"]);
});
