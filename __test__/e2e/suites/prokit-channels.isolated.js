/**
 * An app that keeps electron-prokit's initIpc, for its database: its listener stands beside ours.
 * Its own process: what electron-prokit begins cannot be taken back.
 */
const { ipcMain } = require("electron");
const sy = require("electron-switchyard");
const prokit = require("../built/prokit-main");
const { built, kind } = require("../kinds");
const { PROKIT } = require("../prokit");

const MESSAGE = "EPrenderMsgToRender";
const BOTH = kind(
  { contextIsolation: true, sandbox: true },
  { preload: built("prokit-both.js"), file: "page.html" },
);
const PRELOADS = { "both preloads": BOTH, "electron-prokit's preload": PROKIT };

/** A page writes to others through electron-prokit's global; what our window hears of it. */
async function writes(t, page, windowName = "ours") {
  const ours = await t.open("ours");
  await ours.hear("other", "onMsgFromOtherRender");
  await page.run((name) => electronProkit.renderMsgToRender(name, 1), windowName);
  await page.run(() => electronProkit.renderMsgToRender("ours", 2));
  return ours;
}

function lawsOf(name, kindOfWindow) {
  return {
    [`${name}: a window that electron-prokit's own main does not know gets the message from ours`]:
      async (t) => {
        const page = await t.open("page", kindOfWindow);
        const ours = await writes(t, page);
        t.assert.deepEqual(await ours.hears("other", 2), [
          ["page", "1"],
          ["page", "2"],
        ]);
      },

    [`${name}: to a window that nobody knows nothing is thrown in main; one line says so`]: async (
      t,
    ) => {
      const page = await t.open("page", kindOfWindow);
      await page.run(() => {
        for (let n = 0; n < 100; n++) electronProkit.renderMsgToRender("nobody", n);
      });
      const ours = await writes(t, page, "nobody");
      t.assert.deepEqual(await ours.hears("other", 1), [["page", "2"]]);
      const lines = t.console.lines.filter((line) => /"nobody"/.test(line));
      t.assert.equal(lines.length, 1, t.console.lines.join("\n"));
      t.assert.match(lines[0], /ERR_UNKNOWN_WINDOW/);
    },

    [`${name}: what electron-prokit's own main cannot read throws nothing in main`]: async (t) => {
      const page = await t.open("page", kindOfWindow);
      await page.run(() => {
        for (const name of [undefined, null, 5, { windowName: 1 }]) {
          for (let n = 0; n < 100; n++) electronProkit.renderMsgToRender(name, n);
        }
      });
      const ours = await writes(t, page);
      t.assert.deepEqual(await ours.hears("other", 2), [
        ["page", "1"],
        ["page", "2"],
      ]);
      t.assert.equal(t.console.lines.length, 1, t.console.lines.join("\n"));
      t.assert.match(t.console.lines[0], /has no windowName/);
    },
  };
}

prokit.initIpc();
sy.initIpc();
const laws = Object.assign({}, ...Object.entries(PRELOADS).map((entry) => lawsOf(...entry)));

module.exports = {
  ...laws,

  "electron-prokit's own windows still get their messages from electron-prokit, once": async (
    t,
  ) => {
    const window = prokit.createWindow("theirs", { show: false, ...PROKIT.options() });
    t.undos.push(() => prokit.destroyWindow("theirs"));
    const theirs = t.page(window, PROKIT);
    await theirs.load();
    await theirs.run(() => prokit.renderMsgToRender("theirs", 1));
    t.assert.deepEqual(await theirs.hears("other", 1), [[undefined, "1"]]);
  },

  "letting its preloads in, or not, leaves electron-prokit's listener as it was": async (t) => {
    const [guard] = ipcMain.listeners(MESSAGE);
    sy.initIpc({ prokitPreloads: false });
    t.assert.equal(ipcMain.listenerCount(MESSAGE), 1);
    sy.initIpc({ prokitPreloads: true });
    t.assert.equal(ipcMain.listenerCount(MESSAGE), 2);
    t.assert.equal(ipcMain.listeners(MESSAGE)[0], guard);
  },

  "a listener of the app's can be added, called, removed, and added for once": async (t) => {
    const page = await t.open("page", PROKIT);
    await t.open("ours");
    const got = [];
    const listener = (_event, { msg }) => got.push(msg);
    ipcMain.once(MESSAGE, listener);
    ipcMain.on(MESSAGE, listener);
    await t.sleep(0);
    const send = (n) => page.run((n) => prokit.renderMsgToRender("ours", n), n);
    for (const n of [1, 2]) await send(n);
    await t.until("it was called", () => got.length === 3);
    ipcMain.removeListener(MESSAGE, listener);
    await send(3);
    await t.sleep(50);
    t.assert.deepEqual(got, [1, 1, 2]);
    t.assert.equal(ipcMain.listenerCount(MESSAGE), 2);
  },

  "after removeAllListeners ours is there again, alone, and takes all": async (t) => {
    // As apps do: windows first, then electron-prokit's initIpc, and its listener taken away.
    const page = await t.open("page", BOTH);
    for (const args of [[MESSAGE], [MESSAGE], []]) {
      ipcMain.removeAllListeners(...args);
      await t.sleep(0);
      t.assert.equal(ipcMain.listenerCount(MESSAGE), 1);
      if (args.length === 0) continue;
      const ours = await writes(t, page);
      t.assert.deepEqual(await ours.hears("other", 2), [
        ["page", "1"],
        ["page", "2"],
      ]);
      ours.window.destroy();
      await t.until("its name is free", () => !sy.hasWindow("ours"));
    }
  },
};
