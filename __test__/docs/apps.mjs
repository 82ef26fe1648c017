// Not a test: the apps that documents consist of.
import { basename } from "node:path";
import { appFolder, linkPackage, write } from "../package/consumer.mjs";
import { BLOCKS, filesOf } from "./blocks.mjs";

/** Documents whose files are an app that is run. */
export const RUN = ["README.md", "docs/getting-started.md"];

/** The app's own main process, watched from outside: what its pages say, and when that is all. */
const WATCH = `
const { app } = require("electron");
const path = require("path");
const said = [];
app.setPath("userData", path.join(__dirname, "user-data"));
app.on("web-contents-created", (_created, contents) => {
  contents.on("console-message", (_event, _level, message) => {
    said.push(path.basename(contents.getURL(), ".html") + ": " + message);
    if (said.length < Number(process.env.DOCS_LINES)) return;
    console.log("RESULT " + JSON.stringify(said.sort()));
    app.exit(0);
  });
});
require(process.env.DOCS_MAIN);
`;

/** An empty page that loads a script. */
export const html = (script) =>
  `<!doctype html><meta charset="utf-8"><title>page</title><script type="module" src="${script}"></script>\n`;

/** An app of those blocks of a document, which Electron can start once its pages are built. */
export function writeApp(name, blocks, files = {}) {
  const app = appFolder(name, files);
  linkPackage(app);
  for (const block of blocks) {
    if (block.file) write(app, { [block.file]: block.text });
    else for (const { name: file, text } of filesOf(block)) write(app, { [file]: text });
  }
  write(app, { "watch.js": WATCH });
  return app;
}

export const blocksOf = (document, wanted = () => true) =>
  BLOCKS.filter((block) => block.document === document && wanted(block));

/** Whether a block has a file of this name. */
export const hasFile = (block, name) =>
  ["js", "ts"].includes(block.lang) && filesOf(block).some((file) => basename(file.name) === name);
