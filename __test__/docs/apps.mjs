// Not a test: the apps that documents consist of, and what they say.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { electronRuntime } from "../../scripts/lib/electron.mjs";
import { electronMajors } from "../../scripts/lib/electron-majors.mjs";
import { appFolder, linkPackage, write } from "../package/consumer.mjs";
import { startApp } from "../package/electron-app.mjs";
import { BLOCKS, filesOf } from "./blocks.mjs";

/** Documents whose files are an app that is run. */
export const RUN = [
  "README.md",
  "docs/getting-started.md",
  "docs/from-ipcmain.md",
  "docs/preload.md",
];

/**
 * The app's own main process, watched from outside: what it and its pages say, and when that is all.
 * What is still missing after ten seconds does not come.
 */
const WATCH = `
const { app, webContents } = require("electron");
const path = require("path");
const { format } = require("util");
const said = [];
const { log } = console;
const end = () => {
  log("RESULT " + JSON.stringify(said.sort()));
  exit();
};
// Chromium complains if the app ends while a page's process starts.
const exit = () => {
  if (webContents.getAllWebContents().some((each) => each.isLoading())) return setTimeout(exit, 20);
  app.exit(0);
};
const hear = (place, message) => {
  said.push(place + ": " + message);
  if (said.length === Number(process.env.DOCS_LINES)) end();
};
console.log = (...args) => hear("main", format(...args));
app.setPath("userData", path.join(__dirname, "user-data"));
app.on("web-contents-created", (_created, contents) => {
  contents.on("console-message", (_event, _level, message) => {
    hear(path.basename(contents.getURL(), ".html"), message);
  });
});
setTimeout(end, 10_000);
require(process.env.DOCS_MAIN);
`;

/**
 * Starts an app, and waits until it has said so many lines. Resolves to its exit code, what it said in
 * order of the alphabet, for windows race each other, and what else was printed.
 */
export async function heard(app, count, { main = "main.js", major = electronMajors()[0] } = {}) {
  write(app, { "watch.js": WATCH });
  const file = join(app, "package.json");
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...manifest, main: "watch.js" }));
  const env = { DOCS_LINES: String(count), DOCS_MAIN: join(app, main) };
  return startApp(await electronRuntime(major), app, env);
}

/** An app says these lines. Electron may print what it likes beside them where an app is `noisy`. */
export async function says(app, lines, { noisy = false, ...options } = {}) {
  const { exit, result, said } = await heard(app, lines.length, options);
  const wanted = { exit: 0, result: [...lines].sort(), said: noisy ? said : [] };
  assert.deepEqual({ exit, result, said }, wanted);
}

/** An empty page that loads a script. */
export const html = (script) =>
  `<!doctype html><meta charset="utf-8"><title>page</title><script type="module" src="${script}"></script>\n`;

/** An app of those blocks of a document, which Electron can start once its pages are built. */
export function writeApp(name, blocks, files = {}) {
  const app = appFolder(name, files);
  linkPackage(app);
  fillApp(app, blocks);
  return app;
}

/** Writes those blocks into a folder. */
export function fillApp(app, blocks) {
  for (const block of blocks) {
    if (block.file) write(app, { [block.file]: block.text });
    else for (const { name: file, text } of filesOf(block)) write(app, { [file]: text });
  }
  return app;
}

export const blocksOf = (document, wanted = () => true) =>
  BLOCKS.filter((block) => block.document === document && wanted(block));

/** README's app: by their names its files, its page in each way to write it, and the lines that it says. */
export function readmeApp() {
  const blocks = blocksOf("README.md");
  const scripts = ["main.js", "page.js"].map((name) => blocks.find((each) => hasFile(each, name)));
  const files = Object.fromEntries(scripts.flatMap(filesOf).map(({ name, text }) => [name, text]));
  const page = (name) => blocks.find(({ file }) => file === name).text;
  const [command, ...more] = blocks
    .filter(({ lang }) => lang === "sh")
    .flatMap(({ text }) => text.split("\n"))
    .filter((each) => each.startsWith("npx esbuild "));
  assert.deepEqual(more, []);
  const lines = blocks.find(({ said }) => said).text.split("\n");
  const plain = lines.filter((line) => !line.startsWith("the theme"));
  return {
    files,
    command,
    ways: [
      { way: "bundled", page: page("page.html"), lines },
      { way: "with an import map", page: page("page.html, with an import map"), lines },
      { way: "with a plain script", page: page("page.html, with a plain script"), lines: plain },
    ],
  };
}

/** Whether a block has a file of this name. */
export const hasFile = (block, name) =>
  ["js", "ts"].includes(block.lang) && filesOf(block).some((file) => basename(file.name) === name);
