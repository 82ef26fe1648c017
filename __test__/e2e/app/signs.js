/**
 * An app in which nothing of electron-prokit's shows, and what changes at the first sign. The tests'
 * own app shows it from the start, as it finds the module. A process has one first sign.
 */
const { app, ipcMain } = require("electron");
const { fs, os, path } = require("./node");
const sy = require("electron-switchyard");
const { PROKIT_KINDS } = require("./prokit");

const REQUEST = "EPrenderMsgToMain";
const MESSAGE = "EPrenderMsgToRender";
/** Such a window shows nothing of electron-prokit's before it sends a message. */
const SILENT = PROKIT_KINDS["with node, no preload"];

const methodsOf = (emitter) => {
  const methods = new Map();
  for (let each = emitter; each && each !== Object.prototype; each = Object.getPrototypeOf(each)) {
    for (const name of Object.getOwnPropertyNames(each)) {
      if (!methods.has(name) && typeof emitter[name] === "function")
        methods.set(name, emitter[name]);
    }
  }
  return methods;
};
const methods = methodsOf(ipcMain);

/** The app's folder is another, in which these packages are found. To be called before the package. */
function moveApp(packages = {}) {
  const name = Object.keys(packages).length > 0 ? "found" : "nothing";
  const folder = path.join(os.tmpdir(), `switchyard-${name}-${process.pid}`);
  for (const [name, manifest] of Object.entries(packages)) {
    const inside = path.join(folder, "node_modules", name);
    fs.mkdirSync(inside, { recursive: true });
    fs.writeFileSync(path.join(inside, "package.json"), JSON.stringify(manifest));
  }
  process.once("exit", () => fs.rmdirSync(folder, { recursive: true }));
  app.setAppPath(folder);
}

/** Nothing of ipcMain is replaced, and no listener is there but that of the message channel. */
function assertUntouched({ assert }) {
  assert.deepEqual([...methodsOf(ipcMain).keys()], [...methods.keys()]);
  for (const [name, method] of methods) assert.equal(ipcMain[name], method, name);
  assert.equal(ipcMain.listenerCount("newListener"), 0);
  assert.ok(ipcMain.listenerCount(MESSAGE) <= 1);
}

/** Windows of before the sign: one that is electron-prokit's, and ours. */
async function openBefore(t) {
  t.handle((event, msg) => `ours ${event.windowName} ${msg}`);
  const old = await t.open("old", SILENT);
  const ours = await t.open("ours");
  await ours.hear("other", "onMsgFromOtherRender");
  await ours.known();
  sy.sendMsgToRender("old", "waits");
  const { message } = await old.thrown(() => prokit.renderMsgToMain(1));
  t.assert.match(message, /No handler registered/);
  await t.sleep(50);
  t.assert.equal(sy.stats().windows.old.queued, 1);
  assertUntouched(t);
  return { old, ours };
}

/** From the sign on, both ways are open to it. */
async function assertServed(t, { old, ours }) {
  t.assert.deepEqual(await old.hears("main", 1), [[undefined, '"waits"']]);
  t.assert.equal(await old.run(() => prokit.renderMsgToMain(2)), "ours old 2");
  await old.run(() => prokit.renderMsgToRender("ours", 3));
  await ours.run(() => sy.sendMsgToOtherRender("old", 4));
  t.assert.deepEqual((await ours.hears("other", 1)).slice(-1), [["old", "3"]]);
  t.assert.deepEqual(await old.hears("other", 1), [[undefined, "4"]]);
}

/** Laws of one sign, in its process. */
function lawsOf(name, show) {
  return {
    [`${name}: a window that was registered before is served from then on`]: async (t) => {
      const windows = await openBefore(t);
      await show(t, windows);
      await assertServed(t, windows);
    },

    [`${name}: later windows are served from the start`]: async (t) => {
      t.handle((event, msg) => `ours ${event.windowName} ${msg}`);
      const old = await t.open("old", SILENT);
      sy.sendMsgToRender("old", "waits");
      const ours = await t.open("ours");
      await ours.hear("other", "onMsgFromOtherRender");
      await assertServed(t, { old, ours });
    },
  };
}

module.exports = { MESSAGE, REQUEST, assertServed, assertUntouched, lawsOf, moveApp };
