/** The table of names never shows a window that is destroyed, whether or not its events reach us. */
const electron = require("electron");
const sy = require("electron-switchyard");
const { ISOLATED } = require("../kinds");
const { sleep } = require("../time");

const { BrowserWindow } = electron;

const preferences = () => ({ show: false, ...ISOLATED.options() });
const newWindow = () => new BrowserWindow(preferences());

/** Makes the window of a name anew when the old one is gone, by a listener that comes before ours. */
function remadeAt(emitter, event, name) {
  return new Promise((resolve) => {
    emitter.once(event, () => {
      const again = sy.createWindow(name, preferences());
      resolve({ again, wasAlive: !again.isDestroyed() });
    });
  });
}

/** Nothing in the table is destroyed, whichever way one looks, and each name can be used. */
function assertAlive(t, names) {
  t.assert.ok(sy.getAllWindows().every((window) => !window.isDestroyed()));
  for (const name of names) {
    const window = sy.getWindow(name);
    t.assert.equal(sy.hasWindow(name), window !== undefined);
    if (window) t.assert.equal(window.isDestroyed(), false);
    sy.showWindow(name);
  }
}

/** How many listeners each event of a page's contents has, when it has been loaded anew. */
async function listenersAtRest(t, page) {
  await page.reload();
  // Electron itself has a listener more while a script waits for a page that loads.
  await t.until("nothing loads", () => !page.contents.isLoading());
  const names = page.contents.eventNames().filter((name) => page.contents.listenerCount(name) > 0);
  return Object.fromEntries(names.map((name) => [name, page.contents.listenerCount(name)]));
}

const REMADE = {
  "the window's closed": (window) => window,
  "the contents' destroyed": (window) => window.webContents,
};

function lawsOf(what, emitterOf) {
  return {
    [`a window is made anew under its name within ${what}, before that reaches this package`]:
      async (t) => {
        const window = newWindow();
        const event = what.split(" ").pop();
        const remade = remadeAt(emitterOf(window), event, "again");
        sy.registerWindow("again", window);
        window.destroy();
        const { again, wasAlive } = await remade;
        t.assert.ok(wasAlive);
        await t.sleep(20);
        t.assert.equal(sy.getWindow("again"), again);
        const page = t.page(again);
        await page.load();
        await page.hear("main", "onMsgFromMain");
        sy.sendMsgToRender("again", "new");
        t.assert.deepEqual(await page.hears("main", 1), [[undefined, '"new"']]);
        t.assert.deepEqual(t.console.lines, []);
      },
  };
}

const WAYS = {
  "win.removeAllListeners()": (window) => window.removeAllListeners(),
  'win.removeAllListeners("closed")': (window) => window.removeAllListeners("closed"),
  "webContents.removeAllListeners()": (window) => window.webContents.removeAllListeners(),
  both: (window) => {
    window.webContents.removeAllListeners();
    window.removeAllListeners();
  },
};

function removalsOf(way, remove) {
  const check = async (t, pause) => {
    const { window } = t.window("gone");
    sy.sendMsgToRender("gone", 1);
    remove(window);
    if (pause) await t.sleep(5);
    window.destroy();
    assertAlive(t, ["gone"]);
    t.assert.equal(sy.hasWindow("gone"), false);
    t.assert.equal(sy.unregisterWindow("gone"), false);
    sy.clearWindows();
    const again = sy.createWindow("gone", { show: false });
    t.assert.equal(again.isDestroyed(), false);
    t.assert.equal(sy.getWindow("gone"), again);
    await t.sleep(20);
    t.assert.equal(sy.getWindow("gone"), again);
    t.assert.equal(sy.stats().windows.gone.queued, 0);
  };
  return {
    [`after ${way} a window that is destroyed in the same turn leaves no name`]: (t) => check(t),
    [`after ${way} a window that is destroyed later leaves no name`]: (t) => check(t, true),
  };
}

const OTHERS = {
  "after removeAllListeners on window and contents the sender of what waits is still notified when it closes":
    async (t) => {
      const reports = [];
      t.undos.push(sy.onUndeliverable((report) => reports.push(report)));
      const { window } = t.window("waiting");
      sy.sendMsgToRender("waiting", 1);
      const asked = t.shared.outcome(() => sy.callRender("waiting", 1));
      window.webContents.removeAllListeners();
      window.removeAllListeners();
      await t.sleep(5);
      window.close();
      await t.until("it is told", () => reports.length > 0);
      t.assert.deepEqual([reports[0].windowName, reports[0].reason], ["waiting", "closed"]);
      t.assert.equal((await asked).error.code, "ERR_TARGET_GONE");
    },

  "after removeAllListeners on the contents a request's signal is aborted when its page goes":
    async (t) => {
      const aborted = [];
      t.handle((event, how) => {
        event.signal.addEventListener("abort", () => aborted.push(how));
        return new Promise(() => undefined);
      });
      // In Electron 9 nothing is loaded any more: it has lost listeners of its own.
      const hows = Number.parseInt(process.versions.electron, 10) < 12 ? [] : ["reload"];
      for (const how of [...hows, "destroy"]) {
        const page = await t.open(how);
        await page.run((how) => void sy.sendMsgToMain(how).catch(() => undefined), how);
        await page.run(() => shared.textOf(1));
        await t.sleep(50);
        page.contents.removeAllListeners();
        await t.sleep(5);
        if (how === "reload") page.contents.reload();
        else page.window.destroy();
        await t.until(`${how} aborts it`, () => aborted.includes(how));
      }
    },

  "whatever is created, closed, destroyed and unlistened: no name shows a dead window": async (
    t,
  ) => {
    const names = ["a", "b", "c"];
    let seed = 7;
    const any = (list) => {
      seed = (seed * 48271) % 2147483647;
      return list[seed % list.length];
    };
    const own = [];
    const steps = [
      (name) => sy.createWindow(name, { show: false }),
      (name) => {
        if (sy.hasWindow(name)) return;
        const window = newWindow();
        window.once("closed", () => any([0, 1]) && sy.createWindow(name, { show: false }));
        sy.registerWindow(name, window);
        own.push(window);
      },
      (name) => sy.destroyWindow(name),
      (name) => sy.hasWindow(name) && any(Object.values(WAYS))(sy.getWindow(name)),
      (name) => sy.hasWindow(name) && sy.getWindow(name).close(),
      (name) => sy.unregisterWindow(name),
      () => own.length > 0 && !own[0].isDestroyed() && own.shift().destroy(),
      () => sleep(1),
    ];
    for (let n = 0; n < 150; n++) {
      const [step, name] = [any(steps), any(names)];
      await step(name);
      assertAlive(t, names);
      const { windows } = sy.stats();
      for (const known of names) t.assert.equal(known in windows, sy.hasWindow(known));
    }
    sy.clearWindows();
  },

  "100 reloads add no listener, and no warning of too many": async (t) => {
    const page = await t.open("page");
    const before = await listenersAtRest(t, page);
    for (let n = 0; n < 100; n++) {
      page.contents.reload();
      await t.sleep(n % 10);
    }
    t.assert.deepEqual(await listenersAtRest(t, page), before);
    t.assert.deepEqual(t.console.lines, []);
  },
};

module.exports = Object.assign(
  {},
  ...Object.entries(REMADE).map((entry) => lawsOf(...entry)),
  ...Object.entries(WAYS).map((entry) => removalsOf(...entry)),
  OTHERS,
);
