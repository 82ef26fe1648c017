// Holds the code to its layers: imports, TypeScript's settings, and the table in ARCHITECTURE.md.
import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, posix } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { readImports } from "./imports.mjs";
import { CONTRACT, LAYERS, layerTable, oursText, outsideText } from "./layers.mjs";
import { ROOT } from "./root.mjs";
import { rustFaults } from "./rust-layers.mjs";

/** @typedef {import("./layers.mjs").Layer} Layer */
/** @typedef {import("./imports.mjs").Import} Import */

const TABLE = "scripts/lib/layers.mjs";

/** @param {...string} path */
const read = (...path) => readFileSync(join(ROOT, ...path), "utf8");

/** Throws, with a line for each fault, unless all keeps to the table of layers. */
export function checkLayers() {
  const files = sourceFiles();
  const faults = [
    ...tableFaults(),
    ...emptyFaults(files),
    ...rustFaults(),
    ...files.flatMap((file) => importFaults(file, read(file))),
    ...tsconfigFaults(),
    ...documentFaults(read("ARCHITECTURE.md")),
  ];
  if (faults.length > 0) throw new Error(`layers (${TABLE}):\n${faults.join("\n")}`);
}

/** @returns {string[]} All files below js/, with slashes. */
export function sourceFiles() {
  return readdirSync(join(ROOT, "js"), { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
    .map((path) => path.replaceAll("\\", "/"))
    .sort();
}

/**
 * @param {readonly string[]} files
 * @param {readonly Layer[]} [layers]
 * @returns {string[]} The rows of which there is nothing.
 */
export function emptyFaults(files, layers = LAYERS) {
  return layers
    .filter(({ path }) => !files.some((file) => layerOf(file)?.path === path))
    .map(({ path }) => `${path} has a row and no file: take the row out`);
}

/**
 * A layer imports layers above it, and what it names is there.
 * @param {readonly Layer[]} [layers]
 * @returns {string[]}
 */
export function tableFaults(layers = LAYERS) {
  return layers.flatMap(({ path, imports }, index) => {
    const above = new Set([...CONTRACT, ...layers.slice(0, index).map((layer) => layer.path)]);
    return imports
      .filter((name) => !above.has(name))
      .map((name) => `${path} imports ${name}, which is no layer above it`);
  });
}

/**
 * @param {string} file Its path from the root, with slashes.
 * @param {string} text
 * @returns {string[]} What is wrong with its imports, a sentence each.
 */
export function importFaults(file, text) {
  const layer = layerOf(file);
  if (!layer) return [`${file} is in no layer: ${TABLE} has no row for ${posix.dirname(file)}`];
  if (file === `${project(layer.path)}/tsconfig.json`) return [];
  if (!file.endsWith(".ts")) return [`${file} is no TypeScript: js/ holds .ts files alone`];
  const name = file.replace(/(\.d)?\.ts$/, "");
  if (LAYERS.some(({ path }) => path === name))
    return [`${file} has the name of the layer ${name}`];
  const { imports, unclear, finders } = readImports(file, text);
  const sentences = imports
    .map((each) => importFault(file, layer, each))
    .filter((fault) => fault !== undefined);
  for (const { what, line } of unclear) {
    sentences.push(`${file}:${line} has ${what}: an import names its module as a text`);
  }
  if (layer.findsModules) return sentences;
  for (const finder of finders) {
    const { line } = finder;
    sentences.push(
      `${file}:${line} names ${finder.name}: ${layer.path} may not find modules at run time`,
    );
  }
  return sentences;
}

/**
 * @param {string} file
 * @param {Layer} layer The file's.
 * @param {Import} found
 */
function importFault(file, layer, { name, kind, line }) {
  const says = `${file}:${line} imports "${name}"`;
  if (!/^\.{0,2}\/|^\.{1,2}$/.test(name)) {
    if (layer.outside?.some((rule) => rule.allows(name, kind))) return undefined;
    const isFound = layer.imports.includes("js/host") && (isBuiltin(name) || name === "electron");
    const advice = isFound ? FOUND : "";
    return `${says}: ${layer.path} may import of others only: ${outsideText(layer)}${advice}`;
  }
  const target = ownedBy(posix.join(posix.dirname(file), name));
  if (target === layer.path) return undefined;
  const isType = kind === "type" || kind === "typeof";
  if (layer.imports.includes(target) && (isType || !CONTRACT.includes(target))) return undefined;
  return `${says} (${target}): ${layer.path} may import of ours only: ${oursText(layer)}`;
}

const FOUND = "; Node's modules and Electron are found at run time, through js/host/node.ts";

/** @param {string} path What an import leads to: a layer, a file of the contract, or the path. */
function ownedBy(path) {
  const contract = CONTRACT.find((each) => each === `${path}.d.ts` || each === path);
  const folder = LAYERS.find((layer) => layer.path === path);
  return contract ?? folder?.path ?? layerOf(path)?.path ?? path;
}

/** @param {string} file With or without its ending. */
function layerOf(file) {
  const name = file.replace(/\.ts$/, "");
  const own = LAYERS.find(({ path }) => path === `${name}.ts`);
  return own ?? LAYERS.find(({ path }) => path === posix.dirname(file));
}

/** @param {string} path The folder of js/ that is a TypeScript project: `js/main`. */
function project(path) {
  return path.split("/").slice(0, 2).join("/");
}

/**
 * @param {(file: string) => string} [readFile]
 * @returns {string[]} Where a project of TypeScript's sees more or less than its layers may.
 */
export function tsconfigFaults(readFile = read) {
  const projects = [...new Set(LAYERS.map(({ path }) => project(path)))];
  const root = projects.map((path) => ({ path }));
  return [
    ...settingFaults("tsconfig.json", { files: [], references: root }, readFile),
    ...projects.flatMap((path) =>
      settingFaults(`${path}/tsconfig.json`, tsconfigOf(path), readFile),
    ),
  ];
}

/**
 * @param {string} file
 * @param {{ references: { path: string }[] }} right
 * @param {(file: string) => string} readFile
 */
function settingFaults(file, right, readFile) {
  const found = JSON.parse(readFile(file));
  if (isDeepStrictEqual(inOrder(found), inOrder(right))) return [];
  return [`${file} is not what its layers may see; it is to be ${JSON.stringify(right)}`];
}

/** @param {{ references: { path: string }[] }} settings The order of references is nothing. */
function inOrder(settings) {
  const paths = settings.references.map(({ path }) => path).sort();
  return { ...settings, references: paths };
}

/** @param {string} path */
function tsconfigOf(path) {
  const layers = LAYERS.filter((layer) => project(layer.path) === path);
  /** @param {(layer: Layer) => readonly string[]} list */
  const union = (list) => [...new Set(layers.flatMap(list))];
  const imports = union((layer) => layer.imports).filter((name) => name.startsWith("js/"));
  const references = [...new Set(imports.map(project))].filter((name) => name !== path);
  const [paths] = layers.flatMap((layer) => layer.paths ?? []);
  const lib = union((layer) => layer.lib ?? []);
  return {
    extends: "../../tsconfig.base.json",
    compilerOptions: {
      outDir: `../../target/types/${posix.basename(path)}`,
      rootDir: ".",
      lib: lib.some((name) => name.startsWith("ES")) ? lib : ["ES2020", ...lib],
      types: union((layer) => layer.types ?? []),
      ...(paths && { paths }),
    },
    include: ["**/*.ts"],
    references: references.map((name) => ({ path: `../${posix.basename(name)}` })),
  };
}

/**
 * @param {string} text ARCHITECTURE.md
 * @returns {string[]}
 */
export function documentFaults(text) {
  const table = layerTable();
  const start = text.indexOf(table[0]);
  const found = start < 0 ? [] : text.slice(start).split("\n\n")[0].split("\n");
  if (
    isDeepStrictEqual(
      found.map((line) => line.trimEnd()),
      table,
    )
  )
    return [];
  return [`the table of layers in ARCHITECTURE.md is not that of ${TABLE}:\n${table.join("\n")}`];
}
