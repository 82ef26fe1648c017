// Not a test: the names that index.d.ts promises, and where each may be called.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { requireEntryFiles } from "../../scripts/lib/entries.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";

requireEntryFiles();
const text = readFileSync(join(ROOT, "index.d.ts"), "utf8");
const [everywhere, mainPart] = text.split(/^\/\/ -+ main process$/m);
const [main, preload] = mainPart.split(/^\/\/ -+ preload$/m);
const [inPreload, inWindows] = preload.split(/^\/\/ -+ page and preload$/m);

const functions = (part) =>
  [
    ...new Set([...part.matchAll(/^export declare function (\w+)/gm)].map(([, name]) => name)),
  ].sort();

export const EVERYWHERE_CALLS = functions(everywhere);
export const MAIN_CALLS = functions(main);
export const PRELOAD_CALLS = functions(inPreload);
export const WINDOW_CALLS = functions(inWindows);
export const ALL_CALLS = functions(text);

/** The calls of a subpath, by its .d.ts; types have another word before their name. */
function callsOf(subpath) {
  const lines = readFileSync(join(ROOT, `${subpath}.d.ts`), "utf8").matchAll(/^ {2}(\w+),$/gm);
  return [...lines].map(([, name]) => name).sort();
}

/** What may be imported, with the calls that each gives. */
export const ENTRIES = {
  "electron-switchyard": ALL_CALLS,
  "electron-switchyard/main": callsOf("main"),
  "electron-switchyard/preload": callsOf("preload"),
  "electron-switchyard/renderer": callsOf("renderer"),
};
