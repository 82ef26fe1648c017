// Which files an app's start loads, and which only come with the first window, message or call that needs them.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { sourcesOf } from "../../scripts/lib/bundle.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";
import { appFolder, linkPackage } from "./consumer.mjs";
import { runInNode } from "./node.mjs";

const app = appFolder("start");
linkPackage(app);

/** The files that a start loads, of each entry. */
const STARTS = { "electron-switchyard": "index.cjs", "electron-switchyard/main": "main.cjs" };
const MESSAGING = "main-messaging.cjs";
const WINDOW = "preload.cjs";

/** Enough of Electron, and the names of the package's files that are loaded. */
const BEGIN = (electron) => `
  const EventEmitter = require("events");
  const Module = require("module");
  const { basename } = require("path");
  Object.defineProperty(process, "versions", {
    value: { ...process.versions, electron: "22.0.0" },
  });
  const { _load } = Module;
  const electron = ${electron};
  Module._load = (name, ...rest) => (name === "electron" ? electron : _load(name, ...rest));
  const steps = [];
  const known = new Set(Object.keys(require.cache));
  const step = () => {
    const loaded = Object.keys(require.cache).filter((file) => !known.has(file));
    for (const file of loaded) known.add(file);
    const files = loaded.filter((file) => /\\.(cjs|node)$/.test(file)).map((file) => basename(file));
    steps.push(files.map((file) => file.replace(/.*\\.node$/, "native")).sort());
  };
  const end = (more) => console.log(JSON.stringify(more ?? steps));`;

const MAIN = BEGIN(`{
    app: Object.assign(new EventEmitter(), { whenReady() {}, getAppPath: () => __dirname }),
    ipcMain: Object.assign(new EventEmitter(), { handle() {}, removeHandler() {} }),
    webContents: { getAllWebContents: () => globalThis.contents || [] },
  }`);

const IN_WINDOW = BEGIN(
  `{ ipcRenderer: Object.assign(new EventEmitter(), { postMessage() {}, send() {} }) }`,
);

const CREATED = `
  const contents = { id: 1, session: {}, mainFrame: { framesInSubtree: [] }, send() {} };
  globalThis.contents = [contents];
  electron.app.emit("web-contents-created", {}, contents);`;

const run = (name, ...parts) => runInNode(app, `${name}.cjs`, parts.join("\n"));

for (const [entry, file] of Object.entries(STARTS)) {
  const load = `const sy = require("${entry}"); step();`;

  test(`${entry}: initIpc loads the binary, and the first window the rest of main`, async () => {
    const steps = await run(
      "window",
      MAIN,
      load,
      "sy.initIpc(); step();",
      CREATED,
      "step(); end();",
    );
    assert.deepEqual(steps, [[file], ["native"], [MESSAGING]]);
  });

  for (const call of ["onMsgFromRender(() => 1)", "onUndeliverable(() => 1)", "stats()"]) {
    test(`${entry}: ${call} loads the rest of main, and nothing of windows`, async () => {
      const steps = await run("call", MAIN, load, `sy.${call}; step();`, CREATED, "step(); end();");
      assert.deepEqual(steps, [[file], [MESSAGING, "native"], []]);
    });
  }

  test(`${entry}: a window that is there before initIpc is heard at once`, async () => {
    const before = CREATED.replace(/^.*emit.*$/m, "");
    const steps = await run("before", MAIN, before, load, "sy.initIpc(); step(); end();");
    assert.deepEqual(steps, [[file], [MESSAGING, "native"]]);
  });

  test(`${entry}: main listens once a window is there, though the app removed its listeners`, async () => {
    const counts = `
      const heard = () => electron.ipcMain.eventNames().length > 0;
      sy.initIpc();
      const before = heard();
      electron.app.removeAllListeners();
      Promise.resolve().then(() => {}).then(() => {
        ${CREATED}
        end([before, heard(), electron.app.listenerCount("web-contents-created") <= 1]);
      });`;
    assert.deepEqual(await run("removed", MAIN, load, counts), [false, true, true]);
  });
}

test("in a window, the root import loads the window's part, and nothing of main's", async () => {
  const call = "try { sy.onMsgFromMain(() => 1); } catch {} step(); end();";
  const steps = await run(
    "in-window",
    IN_WINDOW,
    'const sy = require("electron-switchyard"); step();',
    call,
  );
  assert.deepEqual(steps, [["index.cjs"], [WINDOW]]);
});

test("the names of the root import are listed, can be destructured, and are found by import", async () => {
  const text = `
    const required = require("electron-switchyard");
    const { sendMsgToMain, initIpc } = required;
    import("electron-switchyard").then((imported) => {
      const differ = Object.keys(required).filter((name) => required[name] !== imported[name]);
      const own = Object.values(Object.getOwnPropertyDescriptors(required));
      const listed = own.filter((each) => each.enumerable).length;
      step();
      console.log(JSON.stringify([differ, listed, typeof sendMsgToMain, typeof initIpc, steps]));
    });`;
  const [differ, listed, ...types] = await run("names", MAIN, text);
  assert.deepEqual(differ, []);
  assert.ok(listed > 20);
  assert.deepEqual(types, ["function", "function", [["index.cjs"]]]);
});

/** What no start needs. Origins are options. */
const LATER = /^js\/(client|codec|page|preload|transport|main\/(documents|prokit))\//;
const isOption = (path) => path === "js/main/documents/origins.ts";

/**
 * What is in a start and in the rest of main, each with a state of its own. None of these keeps any by which
 * the two would differ: they find the same modules, and a listener is removed where it was added.
 */
const IN_BOTH =
  /^js\/(protocol|errors|host)\/|^js\/core\/(lines|packets)\.ts$|^js\/requests\/(console|address|names|options)\.ts$|^js\/main\/(keep|preloads|documents\/origins)\.ts$/;

for (const file of Object.values(STARTS)) {
  test(`dist/${file} has nothing of windows, documents, values and electron-prokit`, async () => {
    const sources = await sourcesOf(file);
    assert.ok(sources.includes("js/main/options.ts"));
    assert.deepEqual(
      sources.filter((path) => LATER.test(path) && !isOption(path)),
      [],
    );
  });

  test(`what dist/${file} and the rest of main both have has no state that they must share`, async () => {
    const start = new Set(await sourcesOf(file));
    const both = (await sourcesOf(MESSAGING)).filter((path) => start.has(path));
    assert.ok(both.length > 3);
    assert.deepEqual(
      both.filter((path) => !IN_BOTH.test(path)),
      [],
    );
  });
}

test("what apps load is ASCII, so that V8 keeps one byte of each character", () => {
  const files = readdirSync(join(ROOT, "dist")).filter((name) => !name.startsWith("migrate"));
  assert.ok(files.length >= 10);
  for (const file of files) {
    const bytes = readFileSync(join(ROOT, "dist", file));
    assert.ok(
      bytes.every((byte) => byte < 0x80),
      file,
    );
  }
});
