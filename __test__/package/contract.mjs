// Not a test: the names that index.d.ts promises, and where each may be called.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/lib/root.mjs";

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

const names = /^ {2}(\w+),$/gm;
const renderer = readFileSync(join(ROOT, "renderer.d.ts"), "utf8");
export const RENDERER_CALLS = [...renderer.matchAll(names)].map(([, name]) => name).sort();
