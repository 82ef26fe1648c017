/** One option instead of a preload for each window. Its own process: the session keeps it. */
const sy = require("electron-switchyard");
const { kind } = require("../kinds");

sy.initIpc({ registerPreload: true });

const KINDS = {
  "isolated and sandboxed": { contextIsolation: true, sandbox: true },
  "isolated, with node": { contextIsolation: true, sandbox: false, nodeIntegration: true },
  "not isolated": { contextIsolation: false, sandbox: false },
};

function lawsOf(name, preferences) {
  return {
    [`registerPreload, ${name}: a window needs no preload of its own`]: async (t) => {
      t.handle((event, msg) => [event.windowName, msg]);
      const page = await t.open("page", kind(preferences, { preload: null }));
      t.assert.deepEqual(await page.run(() => sy.sendMsgToMain(1)), ["page", 1]);
      await page.hear("main", "onMsgFromMain");
      sy.sendMsgToRender("page", 2);
      t.assert.deepEqual(await page.hears("main", 1), [[undefined, "2"]]);
    },
  };
}

const TWICE = {
  "registerPreload again, and beside a window's own preload, is harmless": async (t) => {
    sy.initIpc({ registerPreload: true });
    const page = await t.open("page", kind(KINDS["isolated and sandboxed"]));
    await page.hear("main", "onMsgFromMain");
    sy.sendMsgToRender("page", 1);
    t.assert.deepEqual(await page.hears("main", 1), [[undefined, "1"]]);
  },
};

module.exports = Object.assign(
  {},
  ...Object.entries(KINDS).map((entry) => lawsOf(...entry)),
  TWICE,
);
