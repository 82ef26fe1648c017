import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";
import { appFolder, linkPackage } from "./consumer.mjs";
import {
  ALL_CALLS,
  EVERYWHERE_CALLS,
  MAIN_CALLS,
  PRELOAD_CALLS,
  RENDERER_CALLS,
  WINDOW_CALLS,
} from "./contract.mjs";
import { runInNode } from "./node.mjs";

const app = appFolder("entries");
linkPackage(app);

const WAYS = {
  require: { file: "way.cjs", load: 'Promise.resolve(require("electron-switchyard"))' },
  import: { file: "way.mjs", load: 'import("electron-switchyard")' },
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

test("the contract's parts are all of it", () => {
  const parts = [...EVERYWHERE_CALLS, ...MAIN_CALLS, ...PRELOAD_CALLS, ...WINDOW_CALLS];
  assert.deepEqual(parts.sort(), ALL_CALLS);
  assert.deepEqual(RENDERER_CALLS, [...EVERYWHERE_CALLS, ...WINDOW_CALLS].sort());
  assert.ok(MAIN_CALLS.length > 10 && PRELOAD_CALLS.length === 1 && WINDOW_CALLS.length > 5);
});

for (const [way, { file, load }] of Object.entries(WAYS)) {
  const run = (text, name = file) => runInNode(app, `${text.length}-${name}`, text);
  const inside = (text) => run(`(async () => { const calls = await ${load}; ${text} })();`);

  test(`${way} gives the names of index.d.ts and no other`, async () => {
    const names = await inside("console.log(JSON.stringify(Object.keys(calls).sort()));");
    assert.deepEqual(names, ALL_CALLS);
  });

  test(`${way} has no effect and loads nothing but the package's own file`, async () => {
    const effects = await run(`
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
      })();`);
    assert.equal(effects.changed, false);
    const others = effects.loaded.filter((name) => !/^electron-switchyard$|index\.cjs$/.test(name));
    assert.deepEqual(others, []);
  });

  test(`${way} in plain Node: each main call and the preload's is ERR_WRONG_PROCESS`, async () => {
    const outcomes = await inside(CALL_ALL);
    for (const name of [...MAIN_CALLS, ...PRELOAD_CALLS]) {
      assert.equal(outcomes[name], "ERR_WRONG_PROCESS", name);
    }
  });

  test(`${way} in plain Node: each window call is ERR_NO_PRELOAD`, async () => {
    const outcomes = await inside(CALL_ALL);
    for (const name of WINDOW_CALLS) assert.equal(outcomes[name], "ERR_NO_PRELOAD", name);
  });

  test(`${way} in a main process: each window call is ERR_WRONG_PROCESS`, async () => {
    const outcomes = await inside(`process.type = "browser"; ${CALL_ALL}`);
    for (const name of [...PRELOAD_CALLS, ...WINDOW_CALLS]) {
      assert.equal(outcomes[name], "ERR_WRONG_PROCESS", name);
    }
  });
}

test("import and require give the same functions", async () => {
  const same = await runInNode(
    app,
    "same.mjs",
    `import { createRequire } from "node:module";
    import * as imported from "electron-switchyard";
    const required = createRequire(import.meta.url)("electron-switchyard");
    const differ = Object.keys(required).filter((name) => imported[name] !== required[name]);
    console.log(JSON.stringify(differ));`,
  );
  assert.deepEqual(same, []);
});

const DIST = {
  "browser.mjs": ALL_CALLS,
  "browser.cjs": ALL_CALLS,
  "index.mjs": ALL_CALLS,
  "renderer.mjs": RENDERER_CALLS,
  "renderer.cjs": RENDERER_CALLS,
};

for (const [file, expected] of Object.entries(DIST)) {
  test(`dist/${file} has the names of its .d.ts and no other`, async () => {
    const dist = join(ROOT, "dist", file);
    const load = file.endsWith(".cjs") ? "createRequire(import.meta.url)" : "await import";
    const names = await runInNode(
      app,
      `names-${file}.mjs`,
      `import { createRequire } from "node:module";
      const calls = ${load}(${JSON.stringify(file.endsWith(".cjs") ? dist : `file://${dist}`)});
      console.log(JSON.stringify(Object.keys(calls).sort()));`,
    );
    assert.deepEqual(names, expected);
  });
}

test("electron-switchyard/renderer is imported and required by that name", async () => {
  const names = await runInNode(
    app,
    "renderer.mjs",
    `import { createRequire } from "node:module";
    import * as imported from "electron-switchyard/renderer";
    const required = createRequire(import.meta.url)("electron-switchyard/renderer");
    console.log(JSON.stringify([imported, required].map((calls) => Object.keys(calls).sort())));`,
  );
  const known = names.map((list) => list.filter((name) => RENDERER_CALLS.includes(name)));
  assert.deepEqual(known, [RENDERER_CALLS, RENDERER_CALLS]);
});

test("every file that package.json names is there", () => {
  const { main, module, browser, types, exports } = JSON.parse(
    readFileSync(join(ROOT, "package.json"), "utf8"),
  );
  const targets = JSON.stringify(Object.values(exports)).match(/\.\/[\w./-]+/g);
  const named = [main, module, browser, types, ...targets];
  for (const file of named) assert.ok(readFileSync(join(ROOT, file)).length > 0, file);
});
