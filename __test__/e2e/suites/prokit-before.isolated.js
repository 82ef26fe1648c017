/** electron-prokit's own main process begins before ours. Its own process: it cannot be taken back. */
const sy = require("electron-switchyard");
const prokit = require("../built/prokit-main");
const { giveWay } = require("../prokit");

prokit.initIpc();
prokit.onMsgFromRender((_event, msg) => `theirs ${msg}`);
sy.initIpc({ resolveWindow: (name) => prokit.getWindow(name) });

module.exports = {
  "where electron-prokit's own main began before, its preload is its own, and each comes once":
    giveWay,

  "letting its preload in, or not, changes nothing for it": async (t) => {
    for (const prokitPreloads of [false, true]) {
      sy.initIpc({ prokitPreloads });
      t.undos.push(() => sy.initIpc({ prokitPreloads: true }));
      await giveWay(t, prokitPreloads);
    }
  },
};
