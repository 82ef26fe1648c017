/**
 * registerPreload where sessions have registerPreloadScript in place of setPreloads, as from
 * Electron 35 on. Its own process: the session keeps what is registered.
 */
const { app, session } = require("electron");
const sy = require("electron-switchyard");
const { kind } = require("../kinds");

const registered = [];
const deprecated = [];

/** The later calls, made of the earlier ones; those are noted when they are called. */
function modernise(own) {
  const setPreloads = own.setPreloads.bind(own);
  own.registerPreloadScript = (script) => {
    const id = script.id || `script-${registered.length}`;
    registered.push({ ...script, id });
    setPreloads(registered.map(({ filePath }) => filePath));
    return id;
  };
  own.getPreloadScripts = () => [...registered];
  own.setPreloads = () => deprecated.push("setPreloads");
  own.getPreloads = () => {
    deprecated.push("getPreloads");
    return [];
  };
}

app.once("ready", () => modernise(session.defaultSession));
sy.initIpc({ registerPreload: true });

module.exports = {
  "registerPreload calls registerPreloadScript where there is one, once, for frames": async (t) => {
    sy.initIpc({ registerPreload: true });
    const seen = registered.map(({ type, filePath }) => [type, filePath]);
    t.assert.deepEqual(seen, [["frame", sy.getPreloadPath()]]);
    t.assert.deepEqual(deprecated, []);
    t.handle((event, msg) => [event.windowName, msg]);
    const preferences = { contextIsolation: true, sandbox: true };
    const page = await t.open("page", kind(preferences, { preload: null }));
    t.assert.deepEqual(await page.run(() => sy.sendMsgToMain(1)), ["page", 1]);
  },
};
