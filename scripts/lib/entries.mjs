// The files at the root that no one writes by hand: the declarations of the subpaths, and what finds
// them without "exports". js/entry says which calls a subpath has, index.d.ts which types go with
// them. Git ignores the files, and the package ships them.
import { existsSync, readFileSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT } from "./root.mjs";

/** @typedef {{ head: string | undefined, types: string[], calls: string[] }} Section */

/** The subpaths whose declarations are made from index.d.ts, and whose calls each has. */
export const SUBPATHS = { main: "the main process", preload: "a preload", renderer: "a page" };

/** Apps merge their contract into it, and TypeScript merges nothing into what is exported again. */
const MERGED_BY_APPS = "Register";

/** Such as `// ------ main process`. */
const SECTION_HEAD = /^\/\/ -{3,} (.*)$/m;

/** The two ways in which index.d.ts exports. */
const TYPE = /^export (?:interface|type) (\w+)/;
const CALL = /^export declare function (\w+)/;

/** It exports nothing: it keeps TypeScript from exporting what does not say so. */
const NO_EXPORT = "export {};";

/** Writes those that are missing or stale. */
export async function writeEntryFiles(root = ROOT) {
  const stale = staleEntryFiles(root);
  await Promise.all(stale.map(({ file, text }) => put(root, file, text)));
}

/** Throws if one of the files is missing or stale, or if what they are made from is not built. */
export function requireEntryFiles(root = ROOT) {
  const stale = staleEntryFiles(root).map(({ file, found }) => `${file} is ${found}`);
  if (stale.length > 0) throw new Error(`${stale.join(", ")}: npm run build writes them anew`);
}

/** @param {string} root */
function staleEntryFiles(root) {
  return Object.entries(entryFiles(root)).flatMap(([file, text]) => {
    const path = join(root, file);
    if (!existsSync(path)) return [{ file, text, found: "missing" }];
    return readFileSync(path, "utf8") === text ? [] : [{ file, text, found: "stale" }];
  });
}

/**
 * The files as they are to be, by their names.
 * @returns {Record<string, string>}
 */
export function entryFiles(root = ROOT) {
  const sections = sectionsOf(readFileSync(join(root, "index.d.ts"), "utf8"));
  const files = Object.entries(SUBPATHS).flatMap(([subpath, place]) => [
    [`${subpath}.js`, withoutExports(subpath)],
    [`${subpath}.d.ts`, declarations(subpath, place, exportedCalls(root, subpath), sections)],
    [`${subpath}.d.mts`, forImport(subpath)],
  ]);
  return {
    "index.d.mts": FOR_IMPORT,
    ...Object.fromEntries(files),
    // Its declarations are written by hand.
    "testing.js": withoutExports("testing"),
    "testing.d.mts": forImport("testing"),
  };
}

const FOR_IMPORT = `\
// For \`import\` under Node's own module resolution: index.d.ts alone would count as CommonJS, with a
// default export that is not there.
export * from "./index.js";
`;

/** @param {string} subpath */
function forImport(subpath) {
  return `\
// For \`import\` under Node's own module resolution; see index.d.mts.
export * from "./${subpath}.js";
`;
}

/** @param {string} subpath */
function withoutExports(subpath) {
  return `\
// For what does not know the "exports" of package.json, such as Electron 9's Node and webpack 4.
module.exports = require("./dist/${subpath}.cjs");
`;
}

/**
 * @param {string} subpath
 * @param {string} place
 * @param {readonly string[]} calls
 * @param {readonly Section[]} sections
 */
function declarations(subpath, place, calls, sections) {
  const types = typesFor(calls, sections).map((name) => `type ${name}`);
  return `\
/**
 * The calls of ${place}, and no others. index.d.ts describes them.
 * The build writes this file from js/entry/${subpath}.ts and index.d.ts.
 */
export {
${[...types, ...calls].map((name) => `  ${name},`).join("\n")}
} from "./index.js";
`;
}

/**
 * What js/entry exports for a subpath, as it is built.
 * @param {string} root
 * @param {string} subpath
 * @returns {string[]}
 */
function exportedCalls(root, subpath) {
  const file = join(root, "dist", `${subpath}.cjs`);
  if (!existsSync(file)) throw new Error(`dist/${subpath}.cjs is missing: npm run build makes it`);
  return Object.keys(createRequire(import.meta.url)(file)).sort();
}

/**
 * A section's types go where any of its calls goes; those of a section without calls go everywhere.
 * @param {readonly string[]} calls
 * @param {readonly Section[]} sections
 */
export function typesFor(calls, sections) {
  const declared = new Set(sections.flatMap((section) => section.calls));
  const unknown = calls.filter((name) => !declared.has(name));
  if (unknown.length > 0) {
    throw new Error(`index.d.ts does not declare what js/entry exports: ${unknown.join(", ")}`);
  }
  const fitting = sections.filter(
    (section) => section.calls.length === 0 || section.calls.some((name) => calls.includes(name)),
  );
  const types = fitting.flatMap((section) => section.types);
  return types.filter((name) => name !== MERGED_BY_APPS).sort();
}

/**
 * What index.d.ts exports, section by section; the first has no head.
 * @param {string} text
 * @returns {Section[]}
 */
export function sectionsOf(text) {
  const [first, ...others] = text.split(SECTION_HEAD);
  const parts = [[undefined, first]];
  for (let at = 0; at < others.length; at += 2) parts.push([others[at], others[at + 1]]);
  return parts.map(([head, part]) => {
    const lines = part.split("\n").filter((line) => /^export\b/.test(line) && line !== NO_EXPORT);
    const other = lines.find((line) => !TYPE.test(line) && !CALL.test(line));
    if (other) {
      throw new Error(`index.d.ts exports neither an interface, a type nor a function: ${other}`);
    }
    /** @param {RegExp} way */
    const names = (way) => [...new Set(lines.flatMap((line) => way.exec(line)?.[1] ?? []))];
    return { head, types: names(TYPE), calls: names(CALL) };
  });
}

/**
 * Whole or not at all, as in dist/, where the unfinished file is.
 * @param {string} root
 * @param {string} file
 * @param {string} text
 */
async function put(root, file, text) {
  const unfinished = join(root, "dist", `${file}.${process.pid}.tmp`);
  await writeFile(unfinished, text);
  await rename(unfinished, join(root, file));
}
