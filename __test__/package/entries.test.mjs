import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";
import { appFolder, linkPackage } from "./consumer.mjs";
import {
  ALL_CALLS,
  ENTRIES,
  EVERYWHERE_CALLS,
  MAIN_CALLS,
  PRELOAD_CALLS,
  WINDOW_CALLS,
} from "./contract.mjs";
import { runInNode } from "./node.mjs";

const app = appFolder("entries");
linkPackage(app);

const WAYS = {
  require: { file: "way.cjs", load: (entry) => `Promise.resolve(require("${entry}"))` },
  import: { file: "way.mjs", load: (entry) => `import("${entry}")` },
};

/** Calls with arguments that are right, so that only the process is wrong. */
const CALL_ALL = `
  const args = (name) =>
    /^(on|off)[A-Z]/.test(name) ? [() => 1]
    : name === "sendMsgToMain" ? [1]
    : name === "initIpc" || name === "getAllWindows" ? []
    : ["work", 1];
  const outcome = async (name) => {
    try {
      await calls[name](...args(name));
      return "nothing was thrown";
    } catch (error) {
      return error.code ?? String(error);
    }
  };
  const outcomes = {};
  for (const name of Object.keys(calls)) outcomes[name] = await outcome(name);
  console.log(JSON.stringify(outcomes));`;

/** What Electron's main process has. */
const PRETEND_MAIN = `
  const versions = { ...process.versions, electron: "22.0.0" };
  Object.defineProperty(process, "versions", { value: versions });
  const { default: Module } = await import("node:module");
  const { _load } = Module;
  const electron = { app: { whenReady() {} } };
  Module._load = (name, ...rest) => (name === "electron" ? electron : _load(name, ...rest));`;

test("no shipped file has a string across lines, which a bundler that indents would change", () => {
  const dist = join(ROOT, "dist");
  const files = readdirSync(dist).filter((name) => /\.[cm]?js$/.test(name));
  assert.ok(files.length > 5);
  for (const name of files) {
    assert.doesNotMatch(readFileSync(join(dist, name), "utf8"), /\\\r?\n/, name);
  }
});

test("the contract's parts are all of it, and each subpath has its part", () => {
  const sorted = (...parts) => parts.flat().sort();
  assert.deepEqual(sorted(EVERYWHERE_CALLS, MAIN_CALLS, PRELOAD_CALLS, WINDOW_CALLS), ALL_CALLS);
  assert.deepEqual(ENTRIES, {
    "electron-switchyard": ALL_CALLS,
    "electron-switchyard/main": sorted(EVERYWHERE_CALLS, MAIN_CALLS),
    "electron-switchyard/preload": sorted(EVERYWHERE_CALLS, PRELOAD_CALLS, WINDOW_CALLS),
    "electron-switchyard/renderer": sorted(EVERYWHERE_CALLS, WINDOW_CALLS),
  });
  assert.ok(MAIN_CALLS.length > 10 && PRELOAD_CALLS.length === 1 && WINDOW_CALLS.length > 5);
});

/** The code of each call, made where the script says that it runs. */
const outcomesOf = (way, entry, where = "") => inside(way, entry, `${where} ${CALL_ALL}`);

function inside({ file, load }, entry, text) {
  const script = `(async () => { const calls = await ${load(entry)}; ${text} })();`;
  return runInNode(app, `${script.length}-${file}`, script);
}

for (const [way, { file, load }] of Object.entries(WAYS)) {
  for (const [entry, promised] of Object.entries(ENTRIES)) {
    const outcomes = (where) => outcomesOf(WAYS[way], entry, where);
    const has = (calls) => calls.filter((name) => promised.includes(name));

    test(`${way} of ${entry} gives the names of its .d.ts and no other`, async () => {
      const list = "console.log(JSON.stringify(Object.keys(calls).sort()));";
      assert.deepEqual(await inside(WAYS[way], entry, list), promised);
    });

    test(`${way} of ${entry} has no effect and loads nothing but the package's own file`, async () => {
      const effects = await runInNode(app, `effects-${file}`, effectsOf(load(entry)));
      assert.equal(effects.changed, false);
      const own = /^electron-switchyard(\/\w+)?$|[\\/](index|main|preload|renderer)\.cjs$/;
      assert.deepEqual(
        effects.loaded.filter((name) => !own.test(name)),
        [],
      );
    });

    test(`${way} of ${entry} in plain Node: each call says where it belongs`, async () => {
      const codes = await outcomes();
      for (const name of has([...MAIN_CALLS, ...PRELOAD_CALLS, ...WINDOW_CALLS])) {
        assert.equal(codes[name], "ERR_WRONG_PROCESS", name);
      }
    });
  }

  for (const entry of ["electron-switchyard", "electron-switchyard/preload"]) {
    test(`${way} of ${entry} in a main process: each window call is ERR_WRONG_PROCESS`, async () => {
      const codes = await outcomesOf(WAYS[way], entry, PRETEND_MAIN);
      for (const name of [...PRELOAD_CALLS, ...WINDOW_CALLS]) {
        assert.equal(codes[name], "ERR_WRONG_PROCESS", name);
      }
    });
  }
}

/** What importing changes in the process, and what it loads. */
function effectsOf(load) {
  return `
    const state = () => [
      Reflect.ownKeys(globalThis).map(String),
      process.eventNames().map(String),
      process.getActiveResourcesInfo().filter((kind) => /Timer|Immediate/.test(kind)),
    ];
    (async () => {
      const loaded = [];
      const { default: Module } = await import("node:module");
      const { _load } = Module;
      Module._load = (name, ...rest) => { loaded.push(name); return _load(name, ...rest); };
      const before = JSON.stringify(state());
      await ${load};
      const changed = before !== JSON.stringify(state());
      console.log(JSON.stringify({ changed, loaded }));
    })();`;
}

for (const [way, { file, load }] of Object.entries(WAYS)) {
  test(`${way} of electron-switchyard/testing gives testApp, and has no effect`, async () => {
    const entry = load("electron-switchyard/testing");
    const list = `${entry}.then((calls) => console.log(JSON.stringify(Object.keys(calls))))`;
    assert.deepEqual(await runInNode(app, `testing-${file}`, list), ["testApp"]);
    const { changed, loaded } = await runInNode(app, `testing-effects-${file}`, effectsOf(entry));
    assert.equal(changed, false);
    const own = /^electron-switchyard\/testing$|[\\/]testing\.cjs$/;
    assert.deepEqual(
      loaded.filter((name) => !own.test(name)),
      [],
    );
  });
}

for (const entry of ["", "/main", "/preload", "/testing"]) {
  test(`import and require of electron-switchyard${entry} give the same functions`, async () => {
    const same = await runInNode(
      app,
      "same.mjs",
      `import { createRequire } from "node:module";
      import * as imported from "electron-switchyard${entry}";
      const required = createRequire(import.meta.url)("electron-switchyard${entry}");
      const differ = Object.keys(required).filter((name) => imported[name] !== required[name]);
      console.log(JSON.stringify(differ));`,
    );
    assert.deepEqual(same, []);
  });
}

/** What bundlers find by the conditions that Node does not have. */
const FOR_BUNDLERS = {
  "browser.mjs": "electron-switchyard",
  "browser.cjs": "electron-switchyard",
  "index.mjs": "electron-switchyard",
  "main.mjs": "electron-switchyard/main",
  "preload.mjs": "electron-switchyard/preload",
};

for (const [file, entry] of Object.entries(FOR_BUNDLERS)) {
  test(`dist/${file} has the names of its .d.ts and no other`, async () => {
    const path = JSON.stringify(join(ROOT, "dist", file));
    const load = file.endsWith(".cjs")
      ? `createRequire(import.meta.url)(${path})`
      : `await import(pathToFileURL(${path}))`;
    const names = await runInNode(
      app,
      `names-${file}.mjs`,
      `import { createRequire } from "node:module";
      import { pathToFileURL } from "node:url";
      console.log(JSON.stringify(Object.keys(${load}).sort()));`,
    );
    assert.deepEqual(names, ENTRIES[entry]);
  });
}

test("what does not know exports finds the subpaths as files", async () => {
  const entries = { ...ENTRIES, "electron-switchyard/testing": ["testApp"] };
  for (const subpath of ["main", "preload", "renderer", "testing"]) {
    const names = await runInNode(
      app,
      "file.cjs",
      `console.log(JSON.stringify(Object.keys(require(${JSON.stringify(join(ROOT, subpath))}))))`,
    );
    assert.deepEqual(names.sort(), entries[`electron-switchyard/${subpath}`]);
  }
});

test("every file that package.json names is there", () => {
  const { main, module, browser, types, exports } = JSON.parse(
    readFileSync(join(ROOT, "package.json"), "utf8"),
  );
  const targets = JSON.stringify(Object.values(exports)).match(/\.\/[\w./-]+/g);
  const named = [main, module, browser, types, ...targets];
  for (const file of named) assert.ok(readFileSync(join(ROOT, file)).length > 0, file);
});
