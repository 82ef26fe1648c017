/** Windows in another session than the one that registerPreload names. Its own process: the session keeps it. */
const sy = require("electron-switchyard");
const { kind, source } = require("../kinds");
const { PROKIT } = require("../prokit");

sy.initIpc({ registerPreload: true });

const OPTIONS = { contextIsolation: true, sandbox: false };
const inPartition = (partition, options) => kind({ ...OPTIONS, partition }, options);

const ELSEWHERE = {
  "without a preload of its own": inPartition("elsewhere", { preload: null }),
  "with a preload that calls nothing of the package": inPartition("persist:elsewhere", {
    preload: source("forgets.js"),
  }),
};

const warnings = (t) => t.console.lines.filter((line) => /listens: /.test(line));

function lawsOf(what, kind) {
  const law = async (t) => {
    await t.open("elsewhere", kind);
    await t.until("it warns", () => warnings(t).length === 1);
    const [line] = warnings(t);
    t.assert.match(line, /nothing of window "elsewhere" listens: its session is none of those/);
    t.assert.match(line, /initIpc\(\{ registerPreload \}\)/);
    t.assert.match(line, /registerPreload: \{ sessions: \[\.\.\.\] \}/);
    t.assert.match(line, /getPreloadPath\(\)$/);
    sy.sendMsgToRender("elsewhere", 1);
    const { error } = await t.shared.outcome(() => sy.callRender("elsewhere", 1));
    t.assert.match(error.message, /in window "elsewhere" within 5000 ms .*its session is none of/);
    t.assert.deepEqual(warnings(t), [line]);
  };
  return {
    [`a window in another session, ${what}: one warning, though nothing was sent`]: law,
  };
}

const OTHERS = {
  "a window with the preload, of whatever kind, or without a name is no reason to warn": async (
    t,
  ) => {
    const { options } = PROKIT;
    const prokit = () => {
      const { webPreferences } = options();
      return { webPreferences: { ...webPreferences, partition: "elsewhere" } };
    };
    await t.open("registered", kind(OPTIONS, { preload: null }));
    await t.open("ready", inPartition("elsewhere"));
    await t.open("prokit", { ...PROKIT, options: prokit });
    await t.unnamedWindow(ELSEWHERE["without a preload of its own"]).load();
    await t.sleep(4000);
    t.assert.deepEqual(t.console.lines, []);
  },
};

module.exports = Object.assign(
  {},
  ...Object.entries(ELSEWHERE).map((entry) => lawsOf(...entry)),
  OTHERS,
);
