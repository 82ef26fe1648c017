import MagicString from "magic-string";
import { isMoved, NEW } from "./names";
import { DEFAULT, type Site, siteOf } from "./sites";
import { endOfLine, List } from "./split";
import { type Mention, mentions, type Place, place, places, type Script } from "./syntax";

/** Something at a place of a text. */
export interface Finding {
  readonly at: number;
  readonly text: string;
}

/** Names that go on coming from electron-prokit. */
export interface Staying {
  readonly at: number;
  readonly names: readonly string[];
}

export interface Migrated {
  readonly text: string;
  /** How many imports were rewritten. */
  readonly rewritten: number;
  readonly staying: readonly Staying[];
  readonly left: readonly Finding[];
}

/** Rewrites the imports of one script. */
export function migrateScript(script: Script): Migrated {
  const text = new MagicString(script.source);
  const all = mentions(script);
  const staying: Staying[] = [];
  const left: Finding[] = [];
  let rewritten = 0;
  for (const mention of all) {
    const at = place(mention.literal).start;
    const site = siteOf(script, mention);
    const stays = "names" in site ? site.names.filter((name) => !isMoved(name)) : [];
    const problem = problemOf(site, stays, all);
    if (stays.includes("default")) left.push({ at, text: DEFAULT });
    const names = stays.filter((name) => name !== "default");
    if (names.length > 0) staying.push({ at, names });
    if (problem !== undefined) left.push({ at, text: problem });
    else if ("names" in site && stays.length < site.names.length) {
      rewrite(text, script, mention, site, stays.length > 0);
      rewritten += 1;
    }
  }
  return { text: text.toString(), rewritten, staying, left };
}

/** Why a mention is left alone. */
function problemOf(site: Site, stays: readonly string[], all: readonly Mention[]) {
  if ("unclear" in site) return site.unclear;
  const moved = site.names.filter(isMoved);
  if (site.names.length === 0) return "nothing of it is used";
  if (moved.length === 0 || stays.length === 0) return;
  if (site.split && isAlone(site.split.unit, all)) return;
  const list = (names: readonly string[]) => [...new Set(names)].join(", ");
  return `one name for what moved (${list(moved)}) and what did not (${list(stays)}): import them apart`;
}

/** Whether a statement that is to be written twice names electron-prokit once. */
function isAlone(unit: Parameters<typeof place>[0], all: readonly Mention[]): boolean {
  const { start, end } = place(unit);
  const inside = all.filter(({ literal }) => {
    const { start: at } = place(literal);
    return start <= at && at < end;
  });
  return inside.length === 1;
}

function rewrite(
  text: MagicString,
  script: Script,
  { literal }: Mention,
  { split }: Site,
  mixed: boolean,
) {
  const inner = { start: place(literal).start + 1, end: place(literal).end - 1 };
  if (!mixed || !split) {
    text.update(inner.start, inner.end, NEW);
    return;
  }
  const list = new List(script, split.items);
  const unit = place(split.unit);
  const copy = copyOf(script.source, unit, list, inner);
  text.update(
    list.place.start,
    list.place.end,
    list.only((name) => !isMoved(name), { rest: true }),
  );
  dropEmptyList(text, script, unit, list);
  if (split.own) insertStatement(text, script, unit, copy);
  else text.appendLeft(unit.end, `, ${copy}`);
}

/** The statement or declarator once more, with what moved. */
function copyOf(source: string, unit: Place, list: List, module: Place): string {
  const head = source.slice(unit.start, list.place.start);
  const withoutDefault = /^import(?:\s+type)?\s/.exec(head)?.[0] ?? head;
  const names = list.only(isMoved, { rest: list.names.every(isMoved) });
  const middle = source.slice(list.place.end, module.start);
  return withoutDefault + names + middle + NEW + source.slice(module.end, unit.end);
}

/** `import prokit, { } from`: the default alone stays. */
function dropEmptyList(text: MagicString, { bare }: Script, unit: Place, list: List) {
  if (!list.names.every(isMoved)) return;
  const comma = bare.lastIndexOf(",", list.place.start);
  if (comma > unit.start) text.remove(comma, list.place.end);
}

/** Puts a statement on a line of its own below another; behind it, where something follows there. */
function insertStatement(text: MagicString, script: Script, unit: Place, statement: string) {
  const { source, bare, comments } = script;
  const lineStart = source.lastIndexOf("\n", unit.start - 1) + 1;
  const indent = /^[^\S\r\n]*/.exec(source.slice(lineStart))?.[0] ?? "";
  const lineEnd = unit.end + (/^[^\r\n]*/.exec(source.slice(unit.end))?.[0] ?? "").length;
  const isCut = places(comments).some(({ start, end }) => start < lineEnd && lineEnd < end);
  if (!isCut && bare.slice(unit.end, lineEnd).trim() === "") {
    text.appendLeft(lineEnd, endOfLine(source) + indent + statement);
  } else {
    const ended = source.slice(unit.start, unit.end).endsWith(";");
    text.appendLeft(unit.end, `${ended ? "" : ";"} ${statement}`);
  }
}
