import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { ADDON } from "../addon/addon.mjs";
import { appFolder, copyPackage, write } from "./consumer.mjs";
import { runInNode } from "./node.mjs";

const FILE = basename(ADDON);
const PLATFORM_PACKAGE = FILE.replace(/\.node$/, "").replace(".", "-");
const NOWHERE = join("/", "nowhere", "switchyard.node");

/** As far as this package looks: enough of Electron's main process to start in plain Node. */
const ELECTRON = `
  const EventEmitter = require("events");
  exports.app = Object.assign(new EventEmitter(), {
    getAppPath: () => __dirname.replace(/.node_modules.electron$/, ""),
    whenReady: async () => undefined,
  });
  exports.ipcMain = new EventEmitter();
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
  return { app, file: join(folder, FILE), start: (env) => runInNode(app, "main.cjs", START, env) };
}

/** The lines of the attempts, by what was tried. */
function attempts({ message }) {
  const [tried] = message.split("\nTo install ");
  return tried.split("\n").filter((line) => line.startsWith("  - "));
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
  assert.match(
    platform,
    new RegExp(`the package ${PLATFORM_PACKAGE}, from .*: Cannot find module`),
  );
  for (const other of others) assert.match(other, /Cannot find module/);
});

test("the error has a remedy for each package manager and packager", async () => {
  const { message } = await appWith("native-remedies").start();
  for (const remedy of [
    "npm install --include=optional",
    "pnpm install, without --no-optional",
    "yarn install --check-files, without --ignore-optional",
    `add ${PLATFORM_PACKAGE} to the app's own dependencies`,
    "under dependencies, not devDependencies, and node_modules not ignored",
    'electron-builder: asarUnpack: ["**/*.node"]',
    '@electron/packager: asar: { unpack: "**/*.node" }',
    "which pack no node_modules, whatever asar is set to: a packageAfterCopy hook that copies node_modules/electron-switchyard",
    'docs/packaging.md in this package has each setting, and the hook under "Forge with its Vite plugin"',
    "keep electron-switchyard external",
    "npm run build",
  ]) {
    assert.ok(message.includes(remedy), `${remedy} is not in: ${message}`);
  }
});

test("of Forge's plugins the error says the hook, and no setting of asar, which does not help", async () => {
  const { message } = await appWith("native-forge").start();
  for (const line of message.split("\n")) {
    if (/Forge/.test(line)) assert.doesNotMatch(line, /unpack:/);
  }
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

/** The platform's package, in a node_modules folder; `binary`: the addon, or what is in its place. */
function addPlatformPackage(modules, binary = readFileSync(ADDON)) {
  const manifest = { name: PLATFORM_PACKAGE, main: FILE };
  write(join(modules, PLATFORM_PACKAGE), {
    "package.json": JSON.stringify(manifest),
    [FILE]: binary,
  });
}

test("the platform's package is enough", async () => {
  const { app, start } = appWith("native-platform");
  addPlatformPackage(join(app, "node_modules"));
  assert.deepEqual(await start(), {});
});

test("the platform's package is found where pnpm keeps packages apart", async () => {
  const { app, start } = appWith("native-pnpm");
  const store = join(app, "node_modules", ".pnpm", "electron-switchyard@0.0.0", "node_modules");
  const own = join(app, "node_modules", "electron-switchyard");
  mkdirSync(store, { recursive: true });
  renameSync(own, join(store, "electron-switchyard"));
  symlinkSync(join(store, "electron-switchyard"), own, "junction");
  addPlatformPackage(store);
  assert.deepEqual(await start(), {});
});

test("the platform's package among the app's own is found, wherever this package is", async () => {
  const { app, start } = appWith("native-own");
  const electron = ELECTRON.replace(
    "__dirname",
    JSON.stringify(join(app, "node_modules", "electron")),
  );
  const elsewhere = appFolder("native-elsewhere", { "node_modules/electron/index.js": electron });
  const own = join(app, "node_modules", "electron-switchyard");
  renameSync(own, join(elsewhere, "electron-switchyard"));
  symlinkSync(join(elsewhere, "electron-switchyard"), own, "junction");
  addPlatformPackage(join(app, "node_modules"));
  assert.deepEqual(await start(), {});
});

/** To plain Node an archive is a folder like any other, which is all that the loader's paths need. */
function archivedApp(name) {
  const resources = appFolder(name);
  const archive = join(resources, "app.asar");
  write(archive, { "node_modules/electron/index.js": ELECTRON });
  copyPackage(archive);
  const unpacked = join(resources, "app.asar.unpacked", "node_modules");
  return { archive, unpacked, start: (env) => runInNode(archive, "main.cjs", START, env) };
}

test("the binary of this package outside the archive is enough", async () => {
  const { unpacked, start } = archivedApp("native-outside");
  write(join(unpacked, "electron-switchyard"), { [FILE]: readFileSync(ADDON) });
  assert.deepEqual(await start(), {});
});

test("the platform's package outside the archive is enough", async () => {
  const { unpacked, start } = archivedApp("native-platform-outside");
  addPlatformPackage(unpacked);
  assert.deepEqual(await start(), {});
});

test("a binary beside a bundle that the package is in is enough", async () => {
  const app = appFolder("native-bundle", { "node_modules/electron/index.js": ELECTRON });
  const bundle = join(app, "build", "main.cjs");
  await build({
    stdin: { contents: START, resolveDir: dirname(copyPackage(app)) },
    outfile: bundle,
    bundle: true,
    platform: "node",
    external: ["electron"],
  });
  rmSync(join(app, "node_modules", "electron-switchyard"), { recursive: true });
  copyFileSync(ADDON, join(app, "build", FILE));
  assert.deepEqual(await runInNode(app, "build/main.cjs", readFileSync(bundle, "utf8")), {});
});

test("the places are tried in the documented order", async () => {
  const { archive, unpacked, start } = archivedApp("native-order");
  const folder = join(archive, "node_modules", "electron-switchyard");
  const outside = join(unpacked, "electron-switchyard");
  const error = await start({ NAPI_RS_NATIVE_LIBRARY_PATH: NOWHERE });
  const tried = attempts(error).map((line) => line.slice("  - ".length).split(": Cannot find")[0]);
  assert.deepEqual(tried, [
    `NAPI_RS_NATIVE_LIBRARY_PATH, ${NOWHERE}`,
    join(folder, FILE),
    `the package ${PLATFORM_PACKAGE}, from ${folder}`,
    join(folder, "dist", FILE),
    `the package ${PLATFORM_PACKAGE}, as the app finds it`,
    join(outside, FILE),
    `the package ${PLATFORM_PACKAGE}, from ${outside}`,
    join(dirname(dirname(unpacked)), "app.asar.unpacked", FILE),
    `the package ${PLATFORM_PACKAGE}, from ${dirname(unpacked)}`,
  ]);
});

test("a platform's package that is corrupt is named, with what the system says of it", async () => {
  const { app, start } = appWith("native-platform-corrupt");
  addPlatformPackage(join(app, "node_modules"), "this is no shared library, only text");
  const error = await start();
  assert.equal(error.code, "ERR_NATIVE_LOAD");
  assert.match(attempts(error)[1], new RegExp(`${PLATFORM_PACKAGE}, from .*: (?!Cannot find)\\S+`));
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
