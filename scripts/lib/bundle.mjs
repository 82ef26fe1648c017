import { mkdir, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import { ROOT } from "./root.mjs";

const DIST = join(ROOT, "dist");

/** Chrome 83 and its Node are those of Electron 9. */
const TARGET = ["chrome83", "node12"];

/** What ships: each file is self-contained. */
const OUTPUTS = [
  { entry: "index.ts", file: "index.cjs", format: "cjs", minify: false },
  { entry: "index.ts", file: "index.mjs", format: "esm", minify: false },
  { entry: "browser.ts", file: "browser.cjs", format: "cjs", minify: true },
  { entry: "browser.ts", file: "browser.mjs", format: "esm", minify: true },
  { entry: "preload.ts", file: "preload.js", format: "iife", minify: true },
];

export async function bundle() {
  await mkdir(DIST, { recursive: true });
  await Promise.all(OUTPUTS.map(writeOutput));
  await writeNodeModule();
}

async function writeOutput({ entry, file, format, minify }) {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, "js", "entry", entry)],
    bundle: true,
    write: false,
    platform: "neutral",
    target: TARGET,
    format,
    minify,
    charset: "utf8",
    legalComments: "none",
  });
  const text = outputFiles[0].text.replace(/\bhostRequire\b/g, "require");
  // What esbuild leaves indented in minified code is the script for the page, a template string.
  await put(file, minify ? text.replace(/\n +/g, "\n") : text);
}

/** Node's `import` gets the CommonJS file's exports: one copy of the code, one state. */
async function writeNodeModule() {
  const names = Object.keys(createRequire(import.meta.url)(join(DIST, "index.cjs"))).sort();
  const text = [
    'import switchyard from "./index.cjs";',
    `export const {\n  ${names.join(",\n  ")},\n} = switchyard;`,
    "",
  ].join("\n");
  await put("node.mjs", text);
}

/** Whole or not at all: an app may be loading the file at this moment. */
async function put(file, text) {
  const unfinished = join(DIST, `${file}.${process.pid}.tmp`);
  await writeFile(unfinished, text);
  await rename(unfinished, join(DIST, file));
}
