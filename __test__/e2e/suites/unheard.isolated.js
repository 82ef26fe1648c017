/** Hellos under apps and tools that take our listener away or change its arguments. */
const { ipcMain } = require("electron");
const sy = require("electron-switchyard");
const { kind, source } = require("../kinds");

const CHANNEL = "electron-switchyard";

let isStripping = false;
const { on } = ipcMain;
/** As an instrumentation has it: the last argument is taken for its own. */
ipcMain.on = function (channel, listener) {
  return on.call(this, channel, (event, ...args) => {
    if (isStripping && channel === CHANNEL) args.pop();
    listener(event, ...args);
  });
};

const REMOVALS = {
  "ipcMain.removeAllListeners()": () => ipcMain.removeAllListeners(),
  "ipcMain.removeAllListeners(channel)": () => ipcMain.removeAllListeners(CHANNEL),
  "removeListener of each": () => {
    for (const each of ipcMain.listeners(CHANNEL)) ipcMain.removeListener(CHANNEL, each);
  },
  "removal without an event": () => {
    ipcMain._events = {};
    ipcMain._eventsCount = 0;
  },
};

async function answers(t, page) {
  t.assert.equal(await page.run(() => sy.sendMsgToMain("q")), "answer");
}

function lawsOf(way, remove) {
  return {
    [`after ${way} main receives from windows that reload and new ones`]: async (t) => {
      t.handle(() => "answer");
      const before = await t.open("before");
      await answers(t, before);
      remove();
      await answers(t, before);
      await before.reload();
      const after = await t.open("after");
      for (const page of [before, after]) {
        await answers(t, page);
        await page.hear("main", "onMsgFromMain");
        sy.sendMsgToRender(page === before ? "before" : "after", 1);
        t.assert.deepEqual(await page.hears("main", 1), [[undefined, "1"]]);
      }
      t.assert.equal(ipcMain.listenerCount(CHANNEL), 1);
      t.assert.deepEqual(t.console.lines, []);
    },
  };
}

const TOOLS = {
  "a tool that drops a listener's last argument leaves a page its calls": async (t) => {
    t.handle(() => "answer");
    isStripping = true;
    try {
      const page = await t.open("page");
      await answers(t, page);
      await page.reload();
      await answers(t, page);
    } finally {
      isStripping = false;
    }
  },

  "a tool that appends a member to what a page posts leaves it its calls": async (t) => {
    t.handle(() => "answer");
    const options = { contextIsolation: true, sandbox: false };
    const page = await t.open("page", kind(options, { preload: source("appending.js") }));
    await answers(t, page);
  },
};

module.exports = Object.assign(
  {},
  ...Object.entries(REMOVALS).map((entry) => lawsOf(...entry)),
  TOOLS,
);
