// Not a test: the tables of a document, as arrays of rows of cells, without their heads.
import { textOf } from "./blocks.mjs";

const ROW = /^\|(.+)\|$/;
const RULE = /^\|(?:\s*:?-+:?\s*\|)+$/;

export function tablesOf(document) {
  const tables = [];
  let isTable = false;
  for (const line of textOf(document).split("\n")) {
    if (RULE.test(line)) {
      tables.push([]);
      isTable = true;
    } else if (!ROW.test(line)) isTable = false;
    else if (isTable) tables.at(-1).push(cellsOf(line));
  }
  return tables;
}

/** A bar with a backslash before it is one of the text. */
function cellsOf(line) {
  const [, inside] = ROW.exec(line);
  return inside.split(/(?<!\\)\|/).map((cell) => cell.trim());
}
