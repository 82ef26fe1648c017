/** Main says why a window is silent. Its own process: options and sessions stay. */
const { session } = require("electron");
const sy = require("electron-switchyard");
const { kind, source } = require("../kinds");

const OPTIONS = { contextIsolation: true, sandbox: false };
const inPartition = (partition) => kind({ ...OPTIONS, partition }, { preload: null });

const CAUSES = {
  "a preload that throws": {
    kind: kind(OPTIONS, { preload: source("throws.js") }),
    says: /its preload .*throws\.js failed: Error: bytecode rejected/,
  },
  "a preload that is not there": {
    kind: kind(OPTIONS, { preload: source("nowhere.js") }),
    says: /its preload .*nowhere\.js/,
  },
  "a preload that calls nothing of the package": {
    kind: kind(OPTIONS, { preload: source("forgets.js") }),
    says: /its preload .*forgets\.js has not called initExposeInMainWorld|no preload/,
  },
  "no preload": {
    kind: kind(OPTIONS, { preload: null }),
    says: /no preload of this package.*getPreloadPath\(\).*registerPreload: \{ sessions/,
  },
  "a page whose script fails": {
    kind: kind(OPTIONS, { file: "broken.html" }),
    says: /its page has loaded and has added no listener/,
  },
};

async function loaded(t, name, kind) {
  const page = t.window(name, kind);
  await page.load(kind.file);
  return page;
}

const warnings = (t) => t.console.lines.filter((line) => /listens: /.test(line));

function lawsOf(what, { kind, says }) {
  const law = async (t) => {
    await loaded(t, "silent", kind);
    for (let n = 0; n < 10; n++) sy.sendMsgToRender("silent", n);
    const asker = await t.open("asker");
    const [inMain, inPage] = await Promise.all([
      t.shared.outcome(() => sy.callRender("silent", 1)),
      asker.thrown(() => sy.callOtherRender("silent", 1)),
    ]);
    for (const error of [inMain.error, inPage]) {
      t.assert.equal(error.code, "ERR_NO_HANDLER");
      t.assert.match(error.message, / in window "silent" within 5000 ms \(handlerWaitMs\): /);
      t.assert.match(error.message, says);
    }
    t.assert.equal(warnings(t).length, 1, t.console.lines.join("\n"));
    t.assert.match(warnings(t)[0], /nothing of window "silent" listens: /);
    t.assert.match(warnings(t)[0], says);
  };
  return { [`${what}: one warning and ERR_NO_HANDLER say so`]: law };
}

const OTHERS = {
  "a window that listens, and one that is sent nothing, are no reason to warn": async (t) => {
    const page = await t.open("page");
    await page.hear("main", "onMsgFromMain");
    sy.sendMsgToRender("page", 1);
    await loaded(t, "quiet", CAUSES["no preload"].kind);
    await t.sleep(4000);
    t.assert.deepEqual(t.console.lines, []);
    // Later, it is.
    sy.sendMsgToRender("quiet", 1);
    await t.until("it warns", () => warnings(t).length === 1);
    sy.sendMsgToRender("quiet", 2);
    await t.sleep(3500);
    t.assert.equal(warnings(t).length, 1);
  },

  "a window that is named when it has loaded, and is sent something by another, is explained":
    async (t) => {
      const quiet = await loaded(t, "quiet", CAUSES["a page whose script fails"].kind);
      const asker = await t.open("asker");
      sy.unregisterWindow("quiet");
      sy.registerWindow("renamed", quiet.window);
      await t.sleep(4000);
      t.assert.deepEqual(warnings(t), []);
      await asker.run(() => sy.sendMsgToOtherRender("renamed", 1));
      await t.until("it warns", () => warnings(t).length === 1);
      t.assert.match(warnings(t)[0], /window "renamed" listens: its page has loaded/);
    },

  "a page that failed to load, and one that crashed, are explained to who calls them": async (
    t,
  ) => {
    sy.initIpc({ handlerWaitMs: 500 });
    const page = t.window("page", inPartition("gone"));
    await page.window.loadURL("http://127.0.0.1:1/").catch(() => undefined);
    const failed = await t.shared.outcome(() => sy.callRender("page", 1));
    t.assert.match(
      failed.error.message,
      /within 500 ms \(handlerWaitMs\): its page failed to load: ERR_/,
    );
    await page.load("page.html");
    await page.crash();
    const crashed = await t.shared.outcome(() => sy.callRender("page", 1));
    t.assert.match(crashed.error.message, /within 500 ms \(handlerWaitMs\): its page has crashed/);
    t.assert.deepEqual(warnings(t), []);
  },

  "registerPreload takes sessions, by themselves and by their partitions": async (t) => {
    sy.initIpc({ registerPreload: { sessions: ["one", session.fromPartition("two")] } });
    t.handle((event) => event.windowName);
    for (const partition of ["one", "two"]) {
      const page = await t.open(partition, inPartition(partition));
      t.assert.equal(await page.run(() => sy.sendMsgToMain(1)), partition);
    }
    const other = await loaded(t, "three", inPartition("three"));
    t.assert.equal((await other.thrown(() => sy.sendMsgToMain(1))).code, "ERR_NO_PRELOAD");
  },

  "registerPreload says what is wrong with it": async (t) => {
    for (const wrong of [5, {}, { sessions: [] }, { sessions: "one" }, { sessions: [""] }]) {
      const { code, message } = t.thrown(() => sy.initIpc({ registerPreload: wrong }));
      t.assert.equal(code, "ERR_INVALID_OPTION");
      t.assert.match(message, /registerPreload/);
    }
    for (const wrong of [{ sessions: ["a", 7] }, { sessions: ["a", {}] }]) {
      const { message } = t.thrown(() => sy.initIpc({ registerPreload: wrong }));
      t.assert.match(message, /registerPreload\.sessions\[1\]/);
    }
  },

  "a list of preloads that the app replaced after registerPreload is said": async (t) => {
    const own = session.fromPartition("replaced");
    // Electron 35 and later have a list that nobody can replace.
    if (own.registerPreloadScript) return;
    sy.initIpc({ registerPreload: { sessions: ["replaced"] } });
    own.setPreloads([]);
    await loaded(t, "replaced", inPartition("replaced"));
    sy.sendMsgToRender("replaced", 1);
    await t.until("it warns", () => warnings(t).length === 1);
    t.assert.match(warnings(t)[0], /setPreloads\(\) has removed/);
  },
};

module.exports = Object.assign(
  {},
  ...Object.entries(CAUSES).map((entry) => lawsOf(...entry)),
  OTHERS,
);
