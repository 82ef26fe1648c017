// Words that this project's sentences do not use: docs/design/glossary.md has the rules. Documents
// are read without their code, sources in their comments only.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "./root.mjs";

/** @typedef {{ file: string, line: number, word: string, instead: string }} Finding */

/** Each with the words to use in its place. */
const BANNED = /** @type {const} */ ([
  ["book(?:s|ed|ing|ings)?", "counters, count"],
  ["(?:tell(?:s|ing)?|told)", "notify, reject, say, report"],
  ["hear(?:s|d|ing)?", "listen, receive, be notified"],
  ["who(?:so)?ever", "the noun that it stands for"],
  ["so many", "the number, or its name"],
  ["under way", "in flight"],
  ["(?:tak(?:e|es|en|ing)|took) part", "be let in, have a port"],
  ["(?:stand(?:s|ing)?|stood) still", "be blocked"],
  ["last words?", "final messages"],
  ["of th(?:is package|e package)'s making", "made by this package"],
  ["which see", "a link"],
]);

/** How no sentence begins. A heading is none, nor is the head of a table in small letters. */
const OPENING =
  /(?:^[ \t]*(?:(?:[-*]|\d+\.)[ \t]+)?|[.!?:|]["')*]*\s+)\**(What|Who|Whoever|Of|So)\b/gm;

/** Documents in which an emphasis is a test's name, which is the test's. */
const WITH_TESTS = ["docs/guarantees.md", "docs/electron-support.md"];

/** It names the words that it replaces, in the last cell of its rows. */
const GLOSSARY = "docs/design/glossary.md";

/** What is released keeps its words. */
const RELEASED = /^## \[\d[\s\S]*/m;

function sentenceFiles() {
  return [
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "index.d.ts",
    "testing.d.ts",
    ...filesIn("docs", /\.md$/),
    ...filesIn("js", /\.ts$/),
    ...filesIn("src", /\.rs$/),
  ];
}

export function bannedWords() {
  return sentenceFiles().flatMap(bannedIn);
}

/** @param {string} file */
function bannedIn(file) {
  return bannedInText(file, readFileSync(join(ROOT, file), "utf8"));
}

/**
 * @param {string} file its ending says how it is read
 * @param {string} text
 * @returns {Finding[]}
 */
export function bannedInText(file, text) {
  const sentences = sentencesOf(file, text);
  /** @param {number} index */
  const lineOf = (index) => sentences.slice(0, index).split("\n").length;
  const words = BANNED.flatMap(([word, instead]) => {
    const pattern = new RegExp(`(?<![\\w-])${word.replaceAll(" ", "\\s+")}(?![\\w-])`, "gi");
    return [...sentences.matchAll(pattern)].map((found) => ({
      file,
      line: lineOf(found.index),
      word: found[0].replace(/\s+/g, " "),
      instead,
    }));
  });
  const begun = openingsIn(sentences).map(([index, word]) => ({
    file,
    line: lineOf(index),
    word: `${word} ...`,
    instead: "a sentence that begins with its subject, or its condition",
  }));
  return [...words, ...begun].sort((one, other) => one.line - other.line);
}

/**
 * @param {string} sentences
 * @returns {[index: number, word: string][]}
 */
function openingsIn(sentences) {
  return [...sentences.matchAll(OPENING)].map((found) => {
    const [all, word] = /** @type {[string, string]} */ (/** @type {unknown} */ (found));
    return [found.index + all.lastIndexOf(word), word];
  });
}

/** @param {Finding} finding */
export function sentenceOn({ file, line, word, instead }) {
  return `${file}:${line} says "${word}": write ${instead} (docs/design/glossary.md)`;
}

/**
 * The text with all else made blank, so that lines stay and a phrase may go over the end of one.
 * @param {string} file
 * @param {string} text
 */
function sentencesOf(file, text) {
  if (file.endsWith(".md")) return proseOf(file, text);
  const comments = file.endsWith(".rs") ? rustComments(text) : typescriptComments(file, text);
  let sentences = "";
  let end = 0;
  for (const [from, to] of comments) {
    sentences += text.slice(end, from).replace(/\S/g, "\0") + plain(text.slice(from, to));
    end = to;
  }
  return sentences + text.slice(end).replace(/\S/g, "\0");
}

/**
 * A comment without its marks, and without code.
 * @param {string} comment
 */
function plain(comment) {
  const marks = /^[ \t]*(?:\/\/[/!]?|\/\*\*?|\*\/?)|\*\/$/gm;
  return withoutCode(comment.replace(marks, blank)).replace(/\{@link[^}]*\}/g, dots);
}

/**
 * @param {string} file
 * @param {string} text
 */
function proseOf(file, text) {
  const current = file === "CHANGELOG.md" ? text.replace(RELEASED, dots) : text;
  let prose = withoutCode(current.replace(/^( *)```[\s\S]*?^\1```/gm, dots));
  prose = prose.replace(/\]\([^)]*\)/g, dots);
  if (WITH_TESTS.includes(file)) prose = prose.replace(/(?<!\*)\*(?!\*)[^*]+\*(?!\*)/g, dots);
  if (file === GLOSSARY) prose = prose.replace(/\|[^|\n]*\|$/gm, dots);
  return prose;
}

/** @param {string} text */
function withoutCode(text) {
  return text.replace(/`[^`\n]*`/g, dots);
}

/** @param {string} text */
function blank(text) {
  return text.replace(/\S/g, " ");
}

/** Where words are missing, none meet. @param {string} text */
function dots(text) {
  return text.replace(/\S/g, "\0");
}

/**
 * Where the comments of a script are, in order.
 * @param {string} file
 * @param {string} text
 * @returns {[from: number, to: number][]}
 */
function typescriptComments(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  /** @type {Map<number, number>} */
  const comments = new Map();
  /** @param {readonly ts.CommentRange[] | undefined} ranges */
  const add = (ranges) => {
    for (const { pos, end } of ranges ?? []) comments.set(pos, end);
  };
  /** @param {ts.Node} node */
  const visit = (node) => {
    // A doc comment is in the range before its node.
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(source);
    if (children.length > 0) return children.forEach(visit);
    add(ts.getLeadingCommentRanges(text, node.getFullStart()));
    add(ts.getTrailingCommentRanges(text, node.getEnd()));
  };
  visit(source);
  return [...comments].sort(([one], [other]) => one - other);
}

/** Text, or a character, is no comment whatever it has in it; a lifetime is no character. */
const RUST_TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|b?r(#*)"[\s\S]*?"\1|b?"(?:\\[\s\S]|[^"\\])*"|b?'(?:\\[^\n]+?|[^'\\\n])'/g;

/**
 * @param {string} text
 * @returns {[from: number, to: number][]}
 */
function rustComments(text) {
  const tokens = [...text.matchAll(RUST_TOKEN)].filter(([token]) => /^\/[/*]/.test(token));
  return tokens.map(({ index, 0: token }) => [index, index + token.length]);
}

/**
 * @param {string} folder
 * @param {RegExp} ending
 * @returns {string[]}
 */
function filesIn(folder, ending) {
  const path = join(ROOT, folder);
  if (!existsSync(path)) return [];
  const names = /** @type {string[]} */ (readdirSync(path, { recursive: true }));
  const files = names.map((name) => `${folder}/${name.replaceAll("\\", "/")}`);
  return files.filter((file) => ending.test(file)).sort();
}
