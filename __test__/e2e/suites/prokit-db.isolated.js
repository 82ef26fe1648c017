/** An app that keeps electron-prokit's initIpc for its db, and nothing else of its ipc. */
const { ipcMain } = require("electron");
const sy = require("electron-switchyard");
const prokit = require("../built/prokit-main");
const { openBoth } = require("../prokit");

prokit.initIpc();
ipcMain.removeAllListeners("EPrenderMsgToRender");
sy.initIpc({ resolveWindow: (name) => prokit.getWindow(name) });

module.exports = {
  "with electron-prokit's initIpc and without its listener, all is ours": async (t) => {
    t.handle((event, msg) => `ours ${event.windowName} ${msg}`);
    const { old, ours } = await openBoth(t);
    t.assert.equal(await old.run(() => prokit.renderMsgToMain(1)), "ours old 1");
    await old.run(() => {
      for (const name of ["nobody", "ours"]) prokit.renderMsgToRender(name, 2);
    });
    t.assert.deepEqual(await ours.hears("other", 1), [["old", "2"]]);
  },
};
