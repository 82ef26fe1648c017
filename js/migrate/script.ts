import MagicString from "magic-string";
import { BEGINNINGS, type Beginning, isMoved, isNew, isOld, NEW, OF_MAIN, OLD } from "./names";
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

/** A script that takes one of {@link BEGINNINGS}, in the end. */
export interface Begins {
  readonly at: number;
  readonly name: Beginning;
  readonly from: typeof OLD | typeof NEW;
}

export interface Migrated {
  readonly text: string;
  readonly begins: readonly Begins[];
  /** Whether it takes what main alone calls. */
  readonly isMain: boolean;
  /** How many imports were rewritten. */
  readonly rewritten: number;
  readonly staying: readonly Staying[];
  readonly left: readonly Finding[];
}

/** Which names come from this package in the end. */
type Moves = (name: string) => boolean;

/** Rewrites the imports of one script. */
export function migrateScript(script: Script): Migrated {
  const text = new MagicString(script.source);
  const all = mentions(script, isOld);
  const ours = takenFromUs(script);
  const sites = all.map((mention) => siteOf(script, mention));
  const isKept: Moves = (name) =>
    isBeginning(name) &&
    ours.some((each) => each.name === name) &&
    sites.some((site) => isUsed(script, site, name));
  const moves: Moves = (name) => isMoved(name) && !isKept(name);
  const staying: Staying[] = [];
  const left: Finding[] = [];
  const taken = [...ours];
  let rewritten = 0;
  for (const [index, mention] of all.entries()) {
    const at = place(mention.literal).start;
    const site = sites[index] as Site;
    const named = "names" in site ? site.names : [];
    const stays = named.filter((name) => !moves(name));
    const problem = problemOf(site, moves, all);
    for (const name of named) taken.push({ at, name, isOurs: moves(name) && !problem });
    if (stays.includes("default")) left.push({ at, text: DEFAULT });
    const names = stays.filter((name) => name !== "default" && !isKept(name));
    if (names.length > 0) staying.push({ at, names });
    if (problem !== undefined) left.push({ at, text: problem });
    else if (stays.length < named.length) {
      rewrite(text, script, mention, site, moves);
      rewritten += 1;
    }
  }
  const isMain = taken.some(({ name }) => OF_MAIN.has(name)) || requiresMain(script);
  return { text: text.toString(), rewritten, staying, left, begins: beginsOf(taken), isMain };
}

interface Taken {
  readonly at: number;
  readonly name: string;
  readonly isOurs: boolean;
}

/** The names that a script takes from this package already. */
function takenFromUs(script: Script): Taken[] {
  return mentions(script, isNew).flatMap((mention) => {
    const site = siteOf(script, mention);
    const { start: at } = place(mention.literal);
    return "names" in site ? site.names.map((name) => ({ at, name, isOurs: true })) : [];
  });
}

/**
 * Whether a name that is taken of electron-prokit is used. A script that begins both packages is as
 * the documents say that it should be.
 */
function isUsed({ source, bare }: Script, site: Site, name: string): boolean {
  if (!("names" in site) || !site.names.includes(name)) return false;
  const item = site.split?.items.find((each) => each.name === name);
  if (!item) return true;
  const { start, end } = place(item.node);
  const local = /[\w$]+$/.exec(source.slice(start, end))?.[0] ?? name;
  return bare.split(new RegExp(`(?<![\\w$])${local.replaceAll("$", "\\$")}(?![\\w$])`)).length > 2;
}

function isBeginning(name: string): name is Beginning {
  return (BEGINNINGS as readonly string[]).includes(name);
}

function beginsOf(taken: readonly Taken[]): Begins[] {
  return taken.flatMap(({ at, name, isOurs }) =>
    isBeginning(name) ? [{ at, name, from: isOurs ? NEW : OLD }] : [],
  );
}

const MODULES_OF_MAIN = /\b(?:app|BrowserWindow|ipcMain)\b/;

/** Whether it takes from Electron what only the main process has. */
function requiresMain(script: Script): boolean {
  return mentions(script, (module) => module === "electron").some((mention) => {
    const site = siteOf(script, mention);
    return "names" in site && site.names.some((name) => MODULES_OF_MAIN.test(name));
  });
}

/** Why a mention is left alone. */
function problemOf(site: Site, moves: Moves, all: readonly Mention[]) {
  if ("unclear" in site) return site.unclear;
  const moved = site.names.filter(moves);
  const stays = site.names.filter((name) => !moves(name));
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
  site: Site,
  moves: Moves,
) {
  const inner = { start: place(literal).start + 1, end: place(literal).end - 1 };
  const { split } = site;
  const isMixed = "names" in site && !site.names.every(moves);
  if (!isMixed || !split) {
    text.update(inner.start, inner.end, NEW);
    return;
  }
  const list = new List(script, split.items);
  const unit = place(split.unit);
  const copy = copyOf(script.source, unit, list, inner, moves);
  text.update(
    list.place.start,
    list.place.end,
    list.only((name) => !moves(name), { rest: true }),
  );
  dropEmptyList(text, script, unit, list, moves);
  if (split.own) insertStatement(text, script, unit, copy);
  else text.appendLeft(unit.end, `, ${copy}`);
}

/** The statement or declarator once more, with what moved. */
function copyOf(source: string, unit: Place, list: List, module: Place, moves: Moves): string {
  const head = source.slice(unit.start, list.place.start);
  const withoutDefault = /^import(?:\s+type)?\s/.exec(head)?.[0] ?? head;
  const names = list.only(moves, { rest: list.names.every(moves) });
  const middle = source.slice(list.place.end, module.start);
  return withoutDefault + names + middle + NEW + source.slice(module.end, unit.end);
}

/** `import prokit, { } from`: the default alone stays. */
function dropEmptyList(text: MagicString, { bare }: Script, unit: Place, list: List, moves: Moves) {
  if (!list.names.every(moves)) return;
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
