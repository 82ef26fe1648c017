/** The first sign of electron-prokit: the app finds its module. */
const { moveApp, assertServed } = require("../signs");
const sy = require("electron-switchyard");
const { PROKIT_KINDS } = require("../prokit");

// Its package.json, alone and kept to itself, is enough: main never loads the module.
moveApp({ "electron-prokit": { name: "electron-prokit", exports: {} } });

module.exports = Object.fromEntries(
  Object.entries(PROKIT_KINDS).map(([name, kindOfWindow]) => [
    `the app finds the module electron-prokit: its windows are served from the start, ${name}`,
    async (t) => {
      t.handle((event, msg) => `ours ${event.windowName} ${msg}`);
      const old = await t.open("old", kindOfWindow);
      sy.sendMsgToRender("old", "waits");
      const ours = await t.open("ours");
      await ours.hear("other", "onMsgFromOtherRender");
      await assertServed(t, { old, ours });
    },
  ]),
);
