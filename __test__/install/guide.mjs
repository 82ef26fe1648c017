// Not a test: docs/preload.md as its readers follow it, in a project's folder.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lexer } from "marked";
import { blocksOf, textOf } from "../docs/blocks.mjs";
import { write } from "../package/consumer.mjs";

export const GUIDE = "docs/preload.md";
const COMMON = "The lines that the templates have in common";

/** The headings of the two ways within a section. */
const SANDBOX = { on: "With the sandbox", off: "Without the sandbox" };

/** @typedef {import("../docs/blocks.mjs").Block & { section: string, part?: string }} GuideBlock */

/** @type {GuideBlock[]} The blocks, each with the headings that it stands below. */
const blocks = blocksOf(GUIDE).map((block) => ({ ...block, ...placeOf(block.line) }));

function placeOf(line) {
  const above = textOf(GUIDE).split("\n").slice(0, line);
  const section = above.findLastIndex((each) => each.startsWith("## "));
  const part = above.findLastIndex((each) => each.startsWith("### "));
  return {
    section: above[section]?.slice(3),
    part: part > section ? above[part].slice(4) : undefined,
  };
}

/** The rows of the table that has a template's files; each cell without its marks. */
const [header, ...rows] = lexer(textOf(GUIDE))
  .filter(({ type }) => type === "table")
  .map(({ header, rows }) => [header, ...rows].map((row) => row.map(({ text }) => plain(text))))
  .find(([[first]]) => first === "template");

function plain(text) {
  return text.replace(/\[([^\]]+)\]\([^)]+\)/g, "$1").replaceAll("`", "");
}

/** The files of a template, by what the lines of the common section are for. */
function filesOf(template) {
  const row = rows.find(([name]) => name === template);
  if (!row) throw new Error(`${GUIDE} has no row "${template}" in its table of files`);
  return Object.fromEntries(header.slice(1).map((name, i) => [name, row[i + 1]]));
}

/** What the page says in the end, as the guide has it. */
export const SAID = blocks.find(({ section, said }) => section === COMMON && said).text.split("\n");

/** The blocks of a tool's section for one way, in their order. */
export function blocksFor(section, sandbox) {
  const isMeant = ({ part }) => part === undefined || part === SANDBOX[sandbox];
  const found = blocks.filter((block) => block.section === section && isMeant(block));
  if (found.length === 0) throw new Error(`${GUIDE} has no section "${section}" with code`);
  return found;
}

/** Does in a generated project what the guide says. */
export function followGuide(project, { template, section, sandbox }) {
  const files = filesOf(template);
  for (const { file, text } of blocks.filter((block) => block.section === COMMON && block.file)) {
    prepend(join(project, files[file]), text);
  }
  for (const block of blocksFor(section, sandbox)) {
    if (block.lang === "diff") applyDiff(project, block);
    else if (block.file) write(project, { [block.file]: `${block.text}\n` });
  }
}

function prepend(file, lines) {
  writeFileSync(file, `${lines}\n${readFileSync(file, "utf8")}`);
}

/** A file whose lines end as those of the guide do, which no reader would mind. */
function linesOf(file) {
  return readFileSync(file, "utf8").replaceAll("\r\n", "\n");
}

/** The lines of each hunk must be in the file once. */
export function applyDiff(project, { line, text }) {
  const [, name] = /^--- a\/(.+)$/m.exec(text);
  const file = join(project, name);
  for (const hunk of text.split(/^@@.*\n/m).slice(1)) {
    const lines = hunk.replace(/\n$/, "").split("\n");
    const side = (other) => lines.filter((each) => each[0] !== other).map((each) => each.slice(1));
    const [before, after] = [side("+"), side("-")].map((each) => each.join("\n"));
    const parts = linesOf(file).split(before);
    if (parts.length !== 2) {
      throw new Error(
        `${GUIDE}:${line}: ${name} has these lines ${parts.length - 1} times:\n${before}`,
      );
    }
    writeFileSync(file, parts.join(after));
  }
}
