// Not a test: the documents and their code blocks. A comment before a block says what readers need
// not see: `<!-- file: name -->` what the block is called, `<!-- assumes: declare ... -->` what of
// the reader's own it uses, `<!-- said -->` that it is what an app says.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lexer } from "marked";
import { ROOT } from "../../scripts/lib/root.mjs";

/** @typedef {{ document: string, line: number, lang: string, text: string, file?: string, assumes: string, said: boolean }} Block */

export const DOCUMENTS = [
  "README.md",
  "CONTRIBUTING.md",
  "ARCHITECTURE.md",
  "CHANGELOG.md",
  "SECURITY.md",
  ...readdirSync(join(ROOT, "docs"), { recursive: true })
    .map((name) => `docs/${name.replaceAll("\\", "/")}`)
    .filter((name) => name.endsWith(".md"))
    .sort(),
];

export const textOf = (document) => readFileSync(join(ROOT, document), "utf8");

/** Every code block of a document, wherever it stands. */
export function blocksOf(document) {
  const blocks = [];
  const text = textOf(document);
  let from = 0;
  let comment = "";
  for (const token of flat(lexer(text))) {
    if (token.type === "html") comment = token.raw;
    else if (token.type === "code") {
      const at = text.indexOf(token.raw.trim(), from);
      from = at + 1;
      const line = text.slice(0, at).split("\n").length;
      const [lang = ""] = (token.lang ?? "").split(" ");
      blocks.push({ document, line, lang, text: token.text, ...said(comment) });
      comment = "";
    } else if (token.type !== "space") comment = "";
  }
  return blocks;
}

export const BLOCKS = DOCUMENTS.flatMap(blocksOf);

/** @param {string} comment */
function said(comment) {
  const of = (word) => new RegExp(`<!-- ${word}: ([\\s\\S]*?) -->`).exec(comment)?.[1];
  return {
    file: of("file"),
    assumes: of("assumes") ?? "",
    said: comment.includes("<!-- said -->"),
  };
}

/** Tokens with those inside them, such as a list's. */
function flat(tokens) {
  return tokens.flatMap((token) => [token, ...flat(token.tokens ?? token.items ?? [])]);
}

const HEAD = /^\/\/ (?:([\w.-]+\.(?:[cm]?[jt]s|tsx))\b|page of "(\w+)"|(main process)\b)/;

/**
 * The files of a block: comments such as `// main.js` and `// page of "work"` head them. Code
 * without such a head is one file.
 */
export function filesOf(block) {
  const files = [];
  const lines = block.text.split("\n");
  for (const [index, line] of lines.entries()) {
    const head = index === 0 || lines[index - 1] === "" ? HEAD.exec(line) : null;
    if (head) files.push({ name: nameOf(head), line: block.line + 1 + index, text: "" });
    else if (index === 0)
      files.push({ name: `block.${block.lang}`, line: block.line + 1, text: "" });
    files.at(-1).text += `${line}\n`;
  }
  return files;
}

function nameOf([, file, page]) {
  if (file) return file;
  return page ? `page-${page}.js` : "main-process.js";
}
