// Not a test: the sections of a document that have the same thing twice, by hand and with this
// package, and the app that each of the two is.
import { join } from "node:path";
import { build } from "esbuild";
import { write } from "../package/consumer.mjs";
import { html, writeApp } from "./apps.mjs";
import { BLOCKS, filesOf, textOf } from "./blocks.mjs";

const SIDES = ["by hand", "with electron-switchyard"];
const WINDOWS = ["board", "control"];
const TARGET = ["chrome83", "node12"];

/** The sections of a document with the lines on which they begin. */
function sectionsOf(document) {
  const lines = textOf(document).split("\n");
  return lines.flatMap((text, i) =>
    text.startsWith("## ") ? [{ title: text.slice(3), line: i + 1 }] : [],
  );
}

/** Each section with its blocks. */
function withBlocks(document) {
  const sections = sectionsOf(document);
  return sections.map(({ title, line }, i) => {
    const end = sections[i + 1]?.line ?? Number.POSITIVE_INFINITY;
    const isIn = (block) => block.line > line && block.line < end;
    const blocks = BLOCKS.filter((block) => block.document === document && isIn(block));
    return { title, blocks };
  });
}

const textsOf = (block) => Object.fromEntries(filesOf(block).map(({ name, text }) => [name, text]));

/**
 * The two sides of each section: their files, and the lines that they say. What both say is in the
 * document once. The section `around` has the files that all others need.
 */
export function pairsOf(document, around) {
  const sections = withBlocks(document).filter(({ blocks }) => blocks.length > 0);
  const shared = sidesOf(sections.find(({ title }) => title === around));
  return sections
    .filter(({ title }) => title !== around)
    .map((section) => ({
      title: section.title,
      sides: sidesOf(section).map(({ name, files, lines }, i) => ({
        name,
        files: { ...shared[i].files, ...files },
        lines,
      })),
    }));
}

function sidesOf({ title, blocks }) {
  const scripts = blocks.filter(({ lang }) => lang === "ts");
  const said = blocks.filter((block) => block.said).map(({ text }) => text.split("\n"));
  if (scripts.length !== SIDES.length) throw new Error(`${title} has ${scripts.length} snippets`);
  return SIDES.map((name, i) => ({
    name,
    files: textsOf(scripts[i]),
    lines: said.length === 1 ? said[0] : said[i],
  }));
}

/** One side as an app that Electron can start. */
export async function buildSide(folder, files) {
  const pages = WINDOWS.map((name) => [name, files[`${name}.ts`] ?? files["page.ts"] ?? ""]);
  const scripts = { "main.ts": "", "preload.ts": "", ...files };
  const app = writeApp(folder, [], scripts);
  for (const [name, text] of pages) {
    write(app, { [`${name}.ts`]: text, [`${name}.html`]: html(`${name}.js`) });
  }
  const bundle = (names, options) => build({ ...bundled(app, names), ...options });
  // The exports of windows.ts are names that main.ts has without an import.
  const inject = [join(app, "windows.ts")];
  const external = ["electron", "electron-switchyard"];
  await bundle(["main"], { inject, format: "cjs", platform: "node", external });
  await bundle(["preload"], { format: "cjs", external });
  await bundle(WINDOWS, { format: "esm" });
  return app;
}

function bundled(app, names) {
  return {
    entryPoints: names.map((name) => join(app, `${name}.ts`)),
    outdir: app,
    bundle: true,
    target: TARGET,
    logLevel: "warning",
  };
}
