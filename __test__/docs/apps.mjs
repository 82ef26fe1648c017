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
 * Starts an app; what it says, in order of the alphabet, for windows race each other. Electron may
 * print what it likes beside these lines where an app is `noisy`.
 */
export async function says(app, lines, options = {}) {
  const { main = "main.js", noisy = false, major = electronMajors()[0] } = options;
  const file = join(app, "package.json");
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...manifest, main: "watch.js" }));
  const runtime = await electronRuntime(major);
  const env = { DOCS_LINES: String(lines.length), DOCS_MAIN: join(app, main) };
  const { exit, result, said } = await startApp(runtime, app, env);
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

/** Writes those blocks into a folder, and what watches the app. */
export function fillApp(app, blocks) {
  for (const block of blocks) {
    if (block.file) write(app, { [block.file]: block.text });
    else for (const { name: file, text } of filesOf(block)) write(app, { [file]: text });
  }
  write(app, { "watch.js": WATCH });
}

export const blocksOf = (document, wanted = () => true) =>
  BLOCKS.filter((block) => block.document === document && wanted(block));

/** Whether a block has a file of this name. */
export const hasFile = (block, name) =>
  ["js", "ts"].includes(block.lang) && filesOf(block).some((file) => basename(file.name) === name);
