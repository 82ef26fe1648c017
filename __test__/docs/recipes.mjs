// Not a test: the recipes of docs/recipes/ as one app, with a folder and windows for each.
import { cpSync } from "node:fs";
import { join } from "node:path";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import react from "@vitejs/plugin-react";
import vue from "@vitejs/plugin-vue";
import { build } from "esbuild";
import { build as viteBuild } from "vite";
import { appFolder, linkPackage, write } from "../package/consumer.mjs";
import { blocksOf, html } from "./apps.mjs";
import { DOCUMENTS, filesOf } from "./blocks.mjs";

const FOLDER = "docs/recipes/";
/** An index, one with a dev server of its own, and one whose main is an ES module. */
const APART = ["README", "hot-reload", "esm-main"];
/** They are built by their framework's plugin for Vite. */
export const FRAMEWORKS = { react: "tsx", vue: "ts", svelte: "ts" };

export const RECIPES = DOCUMENTS.filter((each) => each.startsWith(FOLDER))
  .map((each) => each.slice(FOLDER.length, -".md".length))
  .filter((each) => !APART.includes(each));

/** The files of a recipe, and the lines that its app says. */
export function recipeOf(name) {
  const blocks = blocksOf(`${FOLDER}${name}.md`);
  const files = {};
  const lines = [];
  for (const block of blocks) {
    if (block.said) lines.push(...block.text.split("\n"));
    else if (block.file) files[block.file] = block.text;
    else for (const { name: file, text } of filesOf(block)) files[file] = text;
  }
  return { name, files, lines };
}

/** The pages of a recipe: its scripts but main's, and its documents. */
export function pagesOf({ files }) {
  const names = Object.keys(files).map(
    (file) => /^(?!main)([a-z]\w*)\.(ts|tsx|js|html)$/.exec(file)?.[1],
  );
  return [...new Set(names.filter(Boolean))];
}

export async function buildRecipes(recipes) {
  const app = appFolder("docs-recipes", {
    "recipes.json": JSON.stringify(
      recipes.map((each) => ({ name: each.name, pages: pagesOf(each) })),
    ),
  });
  linkPackage(app);
  for (const recipe of recipes) await buildRecipe(app, recipe);
  await buildFrameworks(app);
  for (const file of ["recipes-driver.cjs"])
    cpSync(new URL(file, import.meta.url), join(app, file));
  return app;
}

async function buildRecipe(app, recipe) {
  const { name, files } = recipe;
  const folder = join(app, name);
  write(folder, files);
  linkInside(folder);
  const pages = pagesOf(recipe);
  for (const page of pages) {
    if (!files[`${page}.html`]) write(folder, { [`${page}.html`]: pageOf(name, page) });
  }
  await bundle(folder, ["main.ts"], { format: "cjs", platform: "node", external: ["electron*"] });
  if (name in FRAMEWORKS) return;
  const scripts = pages.map((page) => `${page}.ts`).filter((file) => file in files);
  await bundle(folder, scripts, { format: "esm", target: "chrome108" });
}

/** A page of a framework has the element that it is drawn into. */
export function pageOf(name, page) {
  if (!(name in FRAMEWORKS)) return html(`${page}.js`);
  return `<!doctype html><meta charset="utf-8"><title>page</title><div id="root"></div>
<script type="module" src="./${page}.${FRAMEWORKS[name]}"></script>\n`;
}

function linkInside(folder) {
  write(folder, { "node_modules/none": "" });
  linkPackage(folder);
}

function bundle(folder, names, options) {
  const entryPoints = names.map((name) => join(folder, name));
  return build({ entryPoints, outdir: folder, bundle: true, logLevel: "warning", ...options });
}

export const frameworkPlugins = () => [react(), vue(), svelte({ configFile: false })];

/** React as it is while one develops, because only then StrictMode runs effects twice. */
function buildFrameworks(app) {
  const input = Object.keys(FRAMEWORKS).map((name) => join(app, name, `${name}.html`));
  return viteBuild({
    root: app,
    base: "./",
    configFile: false,
    logLevel: "error",
    plugins: frameworkPlugins(),
    define: { "process.env.NODE_ENV": '"development"' },
    build: { rollupOptions: { input }, target: "chrome108", minify: false, outDir: "dist" },
  });
}
