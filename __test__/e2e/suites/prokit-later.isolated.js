/** electron-prokit's own main process begins after ours. Its own process: it cannot be taken back. */
const { ipcMain } = require("electron");
const sy = require("electron-switchyard");
const prokit = require("../built/prokit-main");
const { giveWay, openBoth } = require("../prokit");

sy.initIpc({ resolveWindow: (name) => prokit.getWindow(name) });

module.exports = {
  "before electron-prokit's own main begins, ours answers its preload": async (t) => {
    t.handle((event, msg) => `ours ${event.windowName} ${msg}`);
    const { old, ours } = await openBoth(t);
    t.assert.equal(await old.run(() => prokit.renderMsgToMain(1)), "ours old 1");
    await old.run(() => prokit.renderMsgToRender("ours", 2));
    t.assert.deepEqual(await ours.hears("other", 1), [["old", "2"]]);
  },

  "a tool that wraps ipcMain.handle afterwards sees electron-prokit's call, which does not throw":
    async (t) => {
      const { handle } = ipcMain;
      const seen = [];
      ipcMain.handle = (channel, listener) => {
        seen.push(channel);
        handle.call(ipcMain, channel, listener);
      };
      prokit.onMsgFromRender((_event, msg) => `theirs ${msg}`);
      ipcMain.handle = handle;
      t.assert.deepEqual(seen, ["EPrenderMsgToMain"]);
    },

  "after electron-prokit's onMsgFromRender, requests are its own, messages still ours": async (
    t,
  ) => {
    t.handle(() => "ours");
    const { old, ours } = await openBoth(t);
    t.assert.equal(await old.run(() => prokit.renderMsgToMain(1)), "theirs 1");
    t.assert.equal(await ours.run(() => sy.sendMsgToMain(1)), "ours");
    await old.run(() => prokit.renderMsgToRender("ours", 2));
    t.assert.deepEqual(await ours.hears("other", 1), [["old", "2"]]);
  },

  "after electron-prokit's initIpc, messages are its own too, and each comes once": async (t) => {
    prokit.initIpc();
    await giveWay(t);
  },

  "calls of both afterwards change nothing": async (t) => {
    sy.initIpc();
    const again = t.thrown(() => prokit.onMsgFromRender(() => 0));
    t.assert.match(again.message, /second handler/);
    await giveWay(t);
  },
};
