// Documents and comments use the words of docs/design/glossary.md.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bannedInText, bannedWords, sentenceOn } from "../../scripts/lib/sentences.mjs";

const wordsIn = (file, text) => bannedInText(file, text).map(({ line, word }) => [line, word]);

test("no document and no comment has a word that the glossary replaces", () => {
  assert.deepEqual(bannedWords().map(sentenceOn), []);
});

test("each of them is found, in each of its forms, and said with its line and the words to use", () => {
  const text = [
    "It books. It booked.",
    "It tells, and was told; to tell.",
    "It hears, heard or will hear.",
    "It takes whoever comes.",
    "It has so many bytes.",
    "It is under",
    "way.",
    "It takes part, took part.",
    "It stands still.",
    "Its last words.",
    "Nothing of this package's making.",
    "Order, which see.",
  ].join("\n");
  assert.deepEqual(wordsIn("docs/any.md", text), [
    [1, "books"],
    [1, "booked"],
    [2, "tells"],
    [2, "told"],
    [2, "tell"],
    [3, "hears"],
    [3, "heard"],
    [3, "hear"],
    [4, "whoever"],
    [5, "so many"],
    [6, "under way"],
    [8, "takes part"],
    [8, "took part"],
    [9, "stands still"],
    [10, "last words"],
    [11, "of this package's making"],
    [12, "which see"],
  ]);
  assert.equal(
    sentenceOn(bannedInText("docs/any.md", "One.\nIt is under\nway.")[0]),
    'docs/any.md:2 says "under way": write in flight (docs/design/glossary.md)',
  );
});

test("a released version keeps its words in the changelog, and the next one has the glossary's", () => {
  const text = "## [Unreleased]\n- It is told.\n\n## [1.0.0]\n- It is told.\n";
  assert.deepEqual(wordsIn("CHANGELOG.md", text), [[2, "told"]]);
  assert.equal(wordsIn("docs/any.md", text).length, 2);
});

test("a sentence begins with its subject or its condition", () => {
  const text = [
    "What it is. So it goes.",
    "| a | Who comes |",
    "- Of these",
    "1. **Whoever** comes",
    "## What ships",
    "",
    "| what | who |",
    "Somebody comes, so it is: of what?",
  ].join("\n");
  const found = [
    [1, "What ..."],
    [1, "So ..."],
    [2, "Who ..."],
    [3, "Of ..."],
    [4, "Whoever"],
    [4, "Whoever ..."],
  ];
  assert.deepEqual(wordsIn("docs/any.md", text), found);
  assert.deepEqual(wordsIn("index.d.ts", "/**\n * What it is.\n */"), [[2, "What ..."]]);
  assert.deepEqual(wordsIn("js/any.ts", "/** What it is. */"), [[1, "What ..."]]);
  assert.deepEqual(wordsIn("src/any.rs", "/// Some. So it is."), [[1, "So ..."]]);
});

test("words that only hold such a word are none", () => {
  assert.deepEqual(wordsIn("docs/any.md", "A bookshelf, a foretelling, unheard, hearty."), []);
});

test("the code of a document, and the names of its tests, are none of its sentences", () => {
  const text = "`tell` and *it tells* [a](told.md)\n\n```js\n// told\n```\n";
  assert.deepEqual(wordsIn("docs/guarantees.md", text), []);
  assert.deepEqual(wordsIn("docs/any.md", text), [[1, "tells"]]);
});

test("of a script the comments are read, and nothing else", () => {
  const text = [
    'const told = "it tells"; // it was told',
    "/** It {@link hears} `tell`: it is under",
    " * way. */",
    `const text = \`// told \${told /* heard */}\`;`,
    "const url = /[/]/.test('// tell'); // so",
    "// many",
    "function hear(tell) {",
    "  // whoever",
    "}",
  ].join("\n");
  assert.deepEqual(wordsIn("js/any.ts", text), [
    [1, "told"],
    [2, "under way"],
    [4, "heard"],
    [5, "so many"],
    [8, "whoever"],
  ]);
});

test("of Rust the comments are read, and nothing else", () => {
  const text = [
    "//! It tells.",
    'let told = "// heard \\" // tell"; // told',
    'let raw = r#"// tell " // hear"#; let c = \'"\'; let s: &\'a str = x; // hears',
    "/// It is so",
    "/// many.",
    "/* whoever */ fn tell<'a>(hear: &'a str) {}",
  ].join("\n");
  assert.deepEqual(wordsIn("src/any.rs", text), [
    [1, "tells"],
    [2, "told"],
    [3, "hears"],
    [4, "so many"],
    [6, "whoever"],
  ]);
});
