// Not a test: docs/troubleshooting.md in sections, with the texts by which a reader finds a row.
import { lexer } from "marked";
import { textOf } from "./blocks.mjs";

/** @typedef {{ texts: string[], cells: string[] }} Row */
/** @typedef {{ heading: string, sentences: string[], rows: Row[] }} Section */

/** @type {Section[]} */
export const SECTIONS = [];

for (const token of lexer(textOf("docs/troubleshooting.md"))) {
  if (token.type === "heading") SECTIONS.push({ heading: token.text, sentences: [], rows: [] });
  const section = SECTIONS.at(-1);
  if (token.type === "paragraph") section.sentences.push(token.text);
  if (token.type === "table" && token.header[0].text === "text") {
    section.rows.push(...token.rows.map(rowOf));
  }
}

/** The codes in the first cell of a row are texts. */
function rowOf(cells) {
  const codes = cells[0].tokens.filter(({ type }) => type === "codespan");
  const texts = codes.map(({ raw }) => raw.replace(/^`+|`+$/g, ""));
  return { texts, cells: cells.map(({ text }) => text) };
}

/** The texts of sections. */
export function textsOf(...headings) {
  return headings.flatMap((heading) => {
    const section = SECTIONS.find((each) => each.heading === heading);
    if (!section) throw new Error(`docs/troubleshooting.md has no section "${heading}"`);
    return section.rows.flatMap(({ texts }) => texts);
  });
}

/** A text stands for all that are on a screen in its place: `…` for anything. */
export function patternOf(text) {
  const parts = text.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(parts.join("[\\s\\S]*?"));
}
