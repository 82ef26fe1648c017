/** Calls where they do not belong. */
const sy = require("electron-switchyard");
const { ISOLATED, KINDS } = require("../kinds");

const NODE = KINDS["with node, package required, no preload"];
const noop = () => undefined;

const WINDOW_CALLS = {
  sendMsgToMain: [1],
  sendMsgToOtherRender: ["page", 1],
  callOtherRender: ["page", 1],
  onCall: [noop],
  onMsgFromMain: [noop],
  offMsgFromMain: [noop],
  onMsgFromOtherRender: [noop],
  onMsgFormOtherRender: [noop],
  offMsgFromOtherRender: [noop],
  initExposeInMainWorld: [],
};

const MAIN_CALLS = {
  initIpc: [],
  onMsgFromRender: ["a function"],
  sendMsgToRender: ["page", 1],
  callRender: ["page", 1],
  createWindow: ["page"],
  getWindow: ["page"],
  getContents: ["page"],
  windowNames: [],
  destroyWindow: ["page"],
  getAllWindows: [],
  hasWindow: ["page"],
  clearWindows: [],
  showWindow: ["page"],
  registerWindow: ["page", {}],
  unregisterWindow: ["page"],
  getPreloadPath: [],
  stats: [],
};

function lawOfPages(kind) {
  return async (t) => {
    const page = await t.open("page", kind);
    for (const [call, given] of Object.entries(MAIN_CALLS)) {
      const error = await page.thrown(
        (call, given) =>
          void sy[call](...given.map((arg) => (arg === "a function" ? () => undefined : arg))),
        call,
        given,
      );
      t.assert.equal(error.code, "ERR_WRONG_PROCESS", `${call}: ${error.message}`);
      t.assert.match(error.message, new RegExp(`${call}.*main process`));
    }
    t.assert.equal(sy.hasWindow("page"), true);
  };
}

module.exports = {
  "a window's calls in main throw ERR_WRONG_PROCESS and say where they belong": async (t) => {
    for (const [call, given] of Object.entries(WINDOW_CALLS)) {
      const error = t.thrown(() => sy[call](...given));
      t.assert.equal(error.code, "ERR_WRONG_PROCESS", call);
      t.assert.match(error.message, new RegExp(`${call}.*(window|preload)`));
    }
  },

  "main's calls in an isolated page throw ERR_WRONG_PROCESS": lawOfPages(ISOLATED),
  "main's calls in a page with node throw ERR_WRONG_PROCESS": lawOfPages(NODE),

  "initExposeInMainWorld in a page throws ERR_WRONG_PROCESS": async (t) => {
    const page = await t.open("page");
    const error = await page.thrown(() => sy.initExposeInMainWorld());
    t.assert.equal(error.code, "ERR_WRONG_PROCESS");
    t.assert.match(error.message, /preload/);
  },
};
