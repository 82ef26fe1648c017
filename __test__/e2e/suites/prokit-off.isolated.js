/** An app that finds electron-prokit, and has said that its preloads are not let in. */
const { ipcMain } = require("electron");
const { MESSAGE, REQUEST, assertUntouched } = require("../signs");
const sy = require("electron-switchyard");
const prokit = require("../built/prokit-main");
const { PROKIT, PROKIT_KINDS } = require("../prokit");

const handled = [];
const { handle } = ipcMain;
ipcMain.handle = (channel, listener) => {
  handled.push(channel);
  handle.call(ipcMain, channel, listener);
};
sy.initIpc({ prokitPreloads: false });

module.exports = {
  "initIpc({ prokitPreloads: false }) comes before each sign: nothing is listened to or handled":
    async (t) => {
      await t.sleep(0);
      t.assert.deepEqual(handled, []);
      t.assert.equal(ipcMain.listenerCount(MESSAGE), 0);
      ipcMain.handle = handle;
      for (const [name, kindOfWindow] of Object.entries(PROKIT_KINDS)) {
        const page = await t.open(name, kindOfWindow);
        const { message } = await page.thrown(() => prokit.renderMsgToMain(1));
        t.assert.match(message, /No handler registered/);
        await page.run(() => prokit.renderMsgToRender("nobody", 1));
        sy.sendMsgToRender(name, 1);
      }
      await t.sleep(50);
      for (const name of Object.keys(PROKIT_KINDS)) {
        t.assert.equal(sy.stats().windows[name].queued, 1, name);
      }
      t.assert.equal(ipcMain.listenerCount(MESSAGE), 0);
      const lines = t.console.lines.filter((line) => !/Error occurred in handler/.test(line));
      t.assert.deepEqual(lines, []);
    },

  "initIpc({ prokitPreloads: false }): electron-prokit's own main has its channels": async (t) => {
    prokit.initIpc();
    prokit.onMsgFromRender((_event, msg) => `theirs ${msg}`);
    const page = await t.open("old", PROKIT);
    t.assert.equal(await page.run(() => prokit.renderMsgToMain(1)), "theirs 1");
    t.assert.equal(ipcMain.listenerCount(MESSAGE), 1);
    t.assert.equal(ipcMain.handle, handle);
    t.assert.throws(() => ipcMain.handle(REQUEST, handle), /second handler/);
    assertUntouched(t);
  },
};
