import assert from "node:assert/strict";
import { copyFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { ADDON } from "../addon/addon.mjs";
import { appFolder, copyPackage, write } from "./consumer.mjs";
import { runInNode } from "./node.mjs";

const FILE = basename(ADDON);
const PLATFORM_PACKAGE = FILE.replace(/\.node$/, "").replace(".", "-");
const NOWHERE = join("/", "nowhere", "switchyard.node");

/** As far as this package looks: enough of Electron's main process to start in plain Node. */
const ELECTRON = `
  exports.app = { getAppPath: () => __dirname.replace(/.node_modules.electron$/, "") };
  exports.ipcMain = { on() {} };
  exports.webContents = { getAllWebContents: () => [] };`;

const START = `
  process.type = "browser";
  Object.defineProperty(process.versions, "electron", { value: "22.3.25" });
  try {
    require("electron-switchyard").initIpc();
    console.log("{}");
  } catch ({ code, message }) {
    console.log(JSON.stringify({ code, message }));
  }`;

/** An app with a copy of the package; `native`: its binary, if there is one. */
function appWith(name, native) {
  const app = appFolder(name, { "node_modules/electron/index.js": ELECTRON });
  const folder = copyPackage(app);
  if (native === "whole") copyFileSync(ADDON, join(folder, FILE));
  else if (native !== undefined) write(folder, { [FILE]: native });
  return { file: join(folder, FILE), start: (env) => runInNode(app, "main.cjs", START, env) };
}

/** The lines of the attempts, by what was tried. */
function attempts({ message }) {
  const lines = message.split("\n").filter((line) => line.startsWith("  - "));
  return lines.slice(0, message.split("What to do:")[0].split("\n  - ").length - 1);
}

test("with its binary beside it, the package starts", async () => {
  assert.deepEqual(await appWith("native-whole", "whole").start(), {});
});

test("without a binary, one error lists each place, why, and what to do", async () => {
  const { file, start } = appWith("native-none");
  const error = await start();
  assert.equal(error.code, "ERR_NATIVE_LOAD");
  const [beside, platform, ...others] = attempts(error);
  assert.ok(beside.includes(`${file}: Cannot find module`), beside);
  assert.match(platform, new RegExp(`the package ${PLATFORM_PACKAGE}: Cannot find module`));
  for (const other of others) assert.match(other, /Cannot find module/);
  assert.match(error.message, /What to do:\n {2}- .*npm install.*\n {2}- .*asar.*\n {2}- /);
});

test("no line of the list says what another says", async () => {
  const error = await appWith("native-once").start();
  const lines = attempts(error);
  assert.equal(new Set(lines).size, lines.length, error.message);
});

test("a corrupt binary is named, with what the system says of it", async () => {
  const { file, start } = appWith("native-corrupt", "this is no shared library, only text");
  const error = await start();
  assert.equal(error.code, "ERR_NATIVE_LOAD");
  const [beside] = attempts(error);
  assert.ok(beside.includes(file), beside);
  assert.match(beside, /: (?!Cannot find module)\S+/);
});

test("an empty binary is named too", async () => {
  const { file, start } = appWith("native-empty", "");
  const error = await start();
  assert.equal(error.code, "ERR_NATIVE_LOAD");
  assert.ok(attempts(error)[0].includes(file));
});

test("a NAPI_RS_NATIVE_LIBRARY_PATH that leads nowhere is the first of the list", async () => {
  const error = await appWith("native-nowhere").start({ NAPI_RS_NATIVE_LIBRARY_PATH: NOWHERE });
  assert.equal(error.code, "ERR_NATIVE_LOAD");
  const [first, second] = attempts(error);
  assert.match(first, /NAPI_RS_NATIVE_LIBRARY_PATH, .*nowhere.*: Cannot find module/);
  assert.ok(second.includes(FILE));
});

test("a NAPI_RS_NATIVE_LIBRARY_PATH that leads nowhere does not hide a binary that works", async () => {
  const { start } = appWith("native-hidden", "whole");
  assert.deepEqual(await start({ NAPI_RS_NATIVE_LIBRARY_PATH: NOWHERE }), {});
});

test("a NAPI_RS_NATIVE_LIBRARY_PATH that leads to the binary is enough", async () => {
  const { start } = appWith("native-named");
  assert.deepEqual(await start({ NAPI_RS_NATIVE_LIBRARY_PATH: ADDON }), {});
});

test("the platform's package is enough", async () => {
  const app = appFolder("native-platform", {
    "node_modules/electron/index.js": ELECTRON,
    [`node_modules/${PLATFORM_PACKAGE}/package.json`]: JSON.stringify({
      name: PLATFORM_PACKAGE,
      main: FILE,
    }),
  });
  copyPackage(app);
  copyFileSync(ADDON, join(app, "node_modules", PLATFORM_PACKAGE, FILE));
  assert.deepEqual(await runInNode(app, "main.cjs", START), {});
});

test("a module that is not this addon is passed over", async () => {
  const app = appFolder("native-other", {
    "node_modules/electron/index.js": ELECTRON,
    [`node_modules/${PLATFORM_PACKAGE}/index.js`]: "exports.Other = class {};",
  });
  copyPackage(app);
  const { code } = await runInNode(app, "main.cjs", START);
  assert.equal(code, "ERR_NATIVE_LOAD");
});
