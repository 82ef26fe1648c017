// install: imports of the package in code under test are those of a place of the app, whichever file of dist/
// a test runner takes.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { testApp } from "../../dist/node-testing.mjs";

const require = createRequire(import.meta.url);

const load = (file) =>
  file.endsWith(".cjs") ? require(`../../dist/${file}`) : import(`../../dist/${file}`);

/** Node's condition, the browser's, and the subpaths. */
const OF_PAGES = [
  "index.cjs",
  "node.mjs",
  "browser.cjs",
  "browser.mjs",
  "renderer.cjs",
  "renderer.mjs",
  "preload.cjs",
];
const OF_MAIN = ["index.cjs", "node.mjs", "index.mjs", "main.cjs", "main.mjs"];

function start(t) {
  const app = testApp({ windows: ["main", "work"] });
  t.after(() => app.dispose());
  return app;
}

for (const file of OF_PAGES) {
  test(`dist/${file}: its calls are those of the page that is installed, and of no page afterwards`, async (t) => {
    const app = start(t);
    const calls = await load(file);
    const undo = app.window("work").install(globalThis);
    app.main.onMsgFromRender((event, msg) => `${msg} of ${event.windowName}`);
    assert.equal(await calls.sendMsgToMain(1), "1 of work");
    app.main.serve("files", { read: (path) => path });
    assert.equal(await calls.connect("files").read("a"), "a");
    const got = [];
    calls.onMsgFromMain((_event, msg) => got.push(msg));
    calls.subscribe("theme", (_event, value) => got.push(value));
    calls.onCall(() => "answer");
    assert.equal(await app.main.callRender("work", 1), "answer");
    app.main.sendMsgToRender("work", 2);
    await app.settle();
    app.main.publish("theme", "dark");
    calls.publish("theme", "light");
    await app.settle();
    assert.deepEqual(got.sort(), [2, "dark", "light"]);
    app.reload("work");
    assert.equal(await calls.sendMsgToMain(2), "2 of work");
    undo();
    assert.throws(() => calls.sendMsgToMain(1), { code: "ERR_WRONG_PROCESS" });
  });
}

for (const file of OF_MAIN) {
  test(`dist/${file}: main's calls are those of the app that is installed, and of none afterwards`, async (t) => {
    const app = start(t);
    const calls = await load(file);
    const undo = app.main.install();
    calls.initIpc({ registerPreload: true, origins: ["file://"], handlerWaitMs: 5 });
    calls.onMsgFromRender((_event, msg) => `main got ${msg}`);
    assert.equal(await app.window("work").sendMsgToMain(1), "main got 1");
    calls.serve("files", { read: (path) => path });
    assert.equal(await app.window("work").connect("files").read("a"), "a");
    await assert.rejects(calls.callRender("work", 1), { code: "ERR_NO_HANDLER" });
    assert.throws(() => calls.sendMsgToRender("wrok", 1), { code: "ERR_UNKNOWN_WINDOW" });
    assert.equal(calls.hasWindow("work"), true);
    assert.deepEqual(calls.windowNames(), ["main", "work"]);
    assert.equal(calls.stats().windows.work.queued, 0);
    assert.throws(() => calls.initIpc({ handlerWaitMs: "5" }), { code: "ERR_INVALID_OPTION" });
    for (const call of ["createWindow", "getWindow", "showWindow"]) {
      assert.throws(() => calls[call]("work"), {
        code: "ERR_WRONG_PROCESS",
        message: /testApp has no Electron/,
      });
    }
    calls.destroyWindow("work");
    assert.deepEqual(app.main.windowNames(), ["main"]);
    calls.clearWindows();
    assert.deepEqual(app.main.windowNames(), []);
    undo();
    assert.throws(() => calls.onMsgFromRender(() => 1), { code: "ERR_WRONG_PROCESS" });
  });
}

test("the root import: with both installed, a call of both places is the page's", async (t) => {
  const app = start(t);
  const calls = await load("index.cjs");
  const undos = [app.main.install(), app.window("work").install()];
  const publishers = [];
  app.main.subscribe("theme", ({ windowName }) => publishers.push(windowName));
  calls.publish("theme", 1);
  await app.settle();
  undos.pop()();
  calls.publish("theme", 2);
  await app.settle();
  undos.pop()();
  assert.deepEqual(publishers, ["work", undefined]);
});

test("a later install takes the place of an earlier one, and each Undo takes back its own", async (t) => {
  const [one, two] = [start(t), start(t)];
  const { sendMsgToMain } = await load("renderer.mjs");
  one.main.onMsgFromRender(() => "one");
  two.main.onMsgFromRender(() => "two");
  const both = () => [one.window("work").install(), two.window("work").install()];
  const [first, second] = both();
  assert.equal(await sendMsgToMain(1), "two");
  second();
  assert.equal(await sendMsgToMain(1), "one");
  first();
  assert.throws(() => sendMsgToMain(1), { code: "ERR_WRONG_PROCESS" });
  const [early, late] = both();
  early();
  assert.equal(await sendMsgToMain(1), "two");
  late();
  assert.throws(() => sendMsgToMain(1), { code: "ERR_WRONG_PROCESS" });
});

test("any object can be made a global: nothing of the process is touched", (t) => {
  const app = start(t);
  const global = {};
  const before = Reflect.ownKeys(globalThis).length;
  const undo = app.window("work").install(global);
  assert.equal(Reflect.ownKeys(globalThis).length, before);
  assert.equal(Reflect.ownKeys(global).length, 2);
  undo();
  assert.deepEqual(Reflect.ownKeys(global), []);
});
