import { NEW, OLD } from "./names";
import { type Finding, type Migrated, migrateScript } from "./script";
import { type Language, parseScript } from "./syntax";
import { type Block, scriptBlocks } from "./vue";

const LANGUAGES: Record<string, Language> = {
  ".js": "js",
  ".cjs": "js",
  ".mjs": "js",
  ".jsx": "js",
  ".ts": "ts",
  ".cts": "ts",
  ".mts": "ts",
  ".tsx": "tsx",
};

/** Files that are rewritten, by the end of their names. */
export const REWRITTEN: readonly string[] = [...Object.keys(LANGUAGES), ".vue"];

/** Other files that may hold scripts. They are only read. */
export const LOOKED_AT: readonly string[] = [".html", ".htm", ".svelte", ".astro"];

/** Rewrites the imports of a file's text, or says why not. */
export function migrateText(text: string, ending: string): Migrated {
  const untouched = { text, rewritten: 0, staying: [], left: [], begins: [], isMain: false };
  if (!text.includes(OLD)) return { ...untouched, ...begun(text, ending) };
  if (LOOKED_AT.includes(ending)) return { ...untouched, left: lookedAt(text, ending) };
  try {
    return joined(text, blocksOf(text, ending));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { pos = 0 } = error as { pos?: number };
    return { ...untouched, left: [{ at: pos, text: `syntax error: ${error.message}` }] };
  }
}

/** The packages that a migrated file begins, because other files depend on that. */
function begun(text: string, ending: string): Pick<Migrated, "begins"> | undefined {
  if (LOOKED_AT.includes(ending) || !text.includes(NEW)) return;
  try {
    return { begins: joined(text, blocksOf(text, ending)).begins };
  } catch {
    return;
  }
}

function lookedAt(text: string, ending: string): Finding[] {
  return [...text.matchAll(/(["'`])electron-prokit(?=\1|\/)/g)].map(({ index }) => ({
    at: index,
    text: `${ending} files are not rewritten: write ${NEW} here, where it is an import`,
  }));
}

function blocksOf(text: string, ending: string): Block[] {
  const language = LANGUAGES[ending];
  return language ? [{ start: 0, end: text.length, language }] : scriptBlocks(text);
}

/** A file's scripts, each rewritten, in the text that is around them. */
function joined(text: string, blocks: readonly Block[]): Migrated {
  let done = "";
  let end = 0;
  let rewritten = 0;
  const staying = [];
  const left = [];
  const begins = [];
  let isMain = false;
  for (const block of blocks) {
    const result = inBlock(text, block);
    const moved = <Found extends { at: number }>(each: Found) => ({
      ...each,
      at: each.at + block.start,
    });
    done += text.slice(end, block.start) + result.text;
    end = block.end;
    rewritten += result.rewritten;
    staying.push(...result.staying.map(moved));
    left.push(...result.left.map(moved));
    begins.push(...result.begins.map(moved));
    isMain ||= result.isMain;
  }
  return { text: done + text.slice(end), rewritten, staying, left, begins, isMain };
}

function inBlock(text: string, { start, end, language }: Block): Migrated {
  const elsewhere = text.slice(0, start) + text.slice(end);
  try {
    return migrateScript(parseScript(text.slice(start, end), language, elsewhere));
  } catch (error) {
    if (error instanceof SyntaxError) {
      const { pos = 0 } = error as { pos?: number };
      throw Object.assign(new SyntaxError(plain(error.message)), { pos: pos + start });
    }
    throw error;
  }
}

/** The parser's message without its place, which is the script's and not the file's. */
function plain(message: string): string {
  return message.replace(/\s*\(\d+:\d+\)$/, "");
}
