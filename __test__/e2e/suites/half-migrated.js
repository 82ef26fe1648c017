/** Windows whose preload is still electron-prokit's, and our main process. */
const { ipcMain } = require("electron");
const sy = require("electron-switchyard");
const { NODE, built, kind } = require("../kinds");
const { PROKIT, PROKIT_KINDS } = require("../prokit");

const numbers = (count) => Array.from({ length: count }, (_, i) => i);
const asHeard = (from, count) => numbers(count).map((n) => [from, String(n)]);

function lawsOf(name, prokit) {
  return {
    [`electron-prokit's preload, ${name}: asks main, gets the answer or the error`]: async (t) => {
      t.handle(async (event, msg) => {
        if (msg === "throw") throw new RangeError("thrown in main");
        return { from: event.windowName, contents: event.sender.id, msg };
      });
      const page = await t.open("old", prokit);
      const answer = await page.run(() => prokit.renderMsgToMain({ a: [1, undefined] }));
      const contents = page.contents.id;
      t.assert.deepEqual(answer, { from: "old", contents, msg: { a: [1, undefined] } });
      const error = await page.thrown(() => prokit.renderMsgToMain("throw"));
      t.assert.match(error.message, /'EPrenderMsgToMain': RangeError: thrown in main/);
    },

    [`electron-prokit's preload, ${name}: receives what main sends before it has loaded, and after`]:
      async (t) => {
        const page = t.window("old", prokit);
        for (const n of [0, 1]) sy.sendMsgToRender("old", n);
        const loaded = page.load();
        for (const n of [2, 3]) sy.sendMsgToRender("old", n);
        await loaded;
        for (const n of [4, 5]) sy.sendMsgToRender("old", n);
        t.assert.deepEqual(await page.hears("main", 6), asHeard(undefined, 6));
      },

    [`electron-prokit's preload, ${name}: writes to our windows under its name, they to it`]:
      async (t) => {
        const old = await t.open("old", prokit);
        const ours = await t.open("ours");
        await ours.hear("other", "onMsgFromOtherRender");
        await old.run(() => {
          for (let n = 0; n < 300; n++) prokit.renderMsgToRender("ours", n);
        });
        await ours.run(() => {
          for (let n = 0; n < 300; n++) sy.sendMsgToOtherRender("old", n);
        });
        t.assert.deepEqual(await ours.hears("other", 300), asHeard("old", 300));
        t.assert.deepEqual(await old.hears("other", 300), asHeard(undefined, 300));
      },
  };
}

const IN_A_SUBFRAME = "electron-prokit's preload in a subframe is rejected with ERR_SUBFRAME";

const laws = {
  "electron-prokit's preload: two such windows reach each other": async (t) => {
    const [a, b] = [await t.open("a", PROKIT), await t.open("b", PROKIT)];
    await a.run(() => prokit.renderMsgToRender("b", "to b"));
    await b.run(() => prokit.renderMsgToRender("a", "to a"));
    t.assert.deepEqual(await a.hears("other", 1), [[undefined, '"to a"']]);
    t.assert.deepEqual(await b.hears("other", 1), [[undefined, '"to b"']]);
  },

  "electron-prokit's preload: an unknown window costs one line, and what follows arrives": async (
    t,
  ) => {
    const inbox = t.inbox();
    const [old, ours] = [await t.open("old", PROKIT), await t.open("ours")];
    await ours.hear("other", "onMsgFromOtherRender");
    await old.run(() => {
      for (const name of ["nobody", "nobody", "ours"]) prokit.renderMsgToRender(name, 1);
      return prokit.renderMsgToMain("alive");
    });
    t.assert.deepEqual(await ours.hears("other", 1), [["old", "1"]]);
    t.assert.deepEqual(inbox, [{ from: "old", msg: "alive" }]);
    t.assert.equal(t.console.lines.filter((line) => /"nobody"/.test(line)).length, 1);
  },

  "electron-prokit's preload: requests wait for main's handler": async (t) => {
    const page = await t.open("old", PROKIT);
    const answers = page.run(() => Promise.all([1, 2].map((n) => prokit.renderMsgToMain(n))));
    await t.until("they wait", () => sy.stats().mainProcess.queued === 2);
    t.handle((_event, msg) => 10 * msg);
    t.assert.deepEqual(await answers, [10, 20]);
  },

  "electron-prokit's preload: 1,000 requests and messages, mixed, keep their order": async (t) => {
    const inbox = t.inbox();
    const [old, ours] = [await t.open("old", PROKIT), await t.open("ours")];
    await ours.hear("other", "onMsgFromOtherRender");
    await old.run(async () => {
      const asked = [];
      for (let n = 0; n < 1000; n++) {
        asked.push(prokit.renderMsgToMain(n));
        prokit.renderMsgToRender("ours", n);
      }
      await Promise.all(asked);
    });
    t.assert.deepEqual(await ours.hears("other", 1000), asHeard("old", 1000));
    t.assert.deepEqual(
      inbox.map(({ msg }) => msg),
      numbers(1000),
    );
  },

  "electron-prokit's preload: values arrive whole, 20 MB too": async (t) => {
    const bytes = new Uint8Array(20_000_000).fill(7);
    const value = { when: new Date(5), map: new Map([["k", new Set([1n])]]), bytes };
    t.handle((_event, msg) => msg);
    const page = await t.open("old", PROKIT);
    sy.sendMsgToRender("old", value);
    await t.until("it came", async () => (await page.heard("main")).length === 1);
    const [[, { length }]] = await page.heard("main");
    t.assert.equal(length, t.shared.textOf(value).length);
    const back = await page.run(async () => {
      const bytes = new Uint8Array(20_000_000).fill(7);
      const value = { when: new Date(5), map: new Map([["k", new Set([1n])]]), bytes };
      return shared.textOf(await prokit.renderMsgToMain(value)) === shared.textOf(value);
    });
    t.assert.equal(back, true);
  },

  "electron-prokit's preload: 10 MB of messages, more than may be in flight, come in order": async (
    t,
  ) => {
    const page = await t.open("old", PROKIT);
    const long = "x".repeat(500);
    for (let n = 0; n < 20_000; n++) sy.sendMsgToRender("old", [n, long]);
    await t.until("all came", async () => (await count(page)) === 20_000);
    const texts = (await page.heard("main")).map(([, text]) => Number.parseInt(text.slice(1), 10));
    t.assert.deepEqual(texts, numbers(20_000));
  },

  "electron-prokit's preload: what is sent over a reload or a crash arrives once, in order": async (
    t,
  ) => {
    const page = await t.open("old", PROKIT);
    sy.sendMsgToRender("old", "first");
    await page.hears("main", 1);
    const loaded = page.reload();
    await new Promise((resolve) => page.contents.once("did-navigate", resolve));
    for (const n of [0, 1]) sy.sendMsgToRender("old", n);
    await loaded;
    t.assert.deepEqual(await page.hears("main", 2), asHeard(undefined, 2));
    await page.crash();
    for (const n of [0, 1, 2]) sy.sendMsgToRender("old", n);
    await page.reload();
    t.assert.deepEqual(await page.hears("main", 3), asHeard(undefined, 3));
  },

  "electron-prokit's preload: a handler is notified that the page which asked is gone": async (
    t,
  ) => {
    const endings = { reloaded: (page) => page.reload(), crashed: (page) => page.crash() };
    const closed = (page) => page.window.destroy();
    for (const [reason, end] of Object.entries({ ...endings, closed })) {
      let signal;
      t.handle((event) => {
        signal = event.signal;
        return new Promise(() => {});
      });
      const page = await t.open(reason, PROKIT);
      await page.run(() => void prokit.renderMsgToMain("for ever"));
      await t.until("it is asked", () => signal !== undefined);
      await end(page);
      await t.until(`it is told of: ${reason}`, () => signal.aborted);
      t.assert.equal(signal.reason.code, "ERR_TARGET_GONE");
      t.assert.equal(signal.reason.reason, reason);
      t.unhandle();
    }
  },

  "a window's pages change over, from electron-prokit to this package and back; nothing is lost":
    async (t) => {
      const page = await t.open("page", PROKIT_KINDS["with node, no preload"]);
      sy.sendMsgToRender("page", "first");
      t.assert.deepEqual(await page.hears("main", 1), [[undefined, '"first"']]);
      await page.load("node.html");
      for (const n of [0, 1]) sy.sendMsgToRender("page", n);
      await t.sleep(50);
      await page.hear("main", "onMsgFromMain");
      t.assert.deepEqual(await page.hears("main", 2), asHeard(undefined, 2));
      await page.load("prokit.html");
      for (const n of [0, 1, 2]) sy.sendMsgToRender("page", n);
      t.assert.deepEqual(await page.hears("main", 3), asHeard(undefined, 3));
    },

  "electron-prokit's preload beside ours: each listener gets each message once": async (t) => {
    const both = kind(
      { contextIsolation: true, sandbox: true },
      { preload: built("prokit-both.js"), file: "prokit.html" },
    );
    t.handle((event, msg) => [event.windowName, msg]);
    const page = await t.open("both", both);
    await page.hear("ours", "onMsgFromMain");
    for (const n of [0, 1]) sy.sendMsgToRender("both", n);
    t.assert.deepEqual(await page.hears("main", 2), asHeard(undefined, 2));
    t.assert.deepEqual(await page.hears("ours", 2), asHeard(undefined, 2));
    const asked = () => Promise.all([prokit.renderMsgToMain(1), sy.sendMsgToMain(2)]);
    const answers = [
      ["both", 1],
      ["both", 2],
    ];
    t.assert.deepEqual(await page.run(asked), answers);
  },

  "a window without any preload: what main sends waits": async (t) => {
    const page = await t.open("bare", kind({ contextIsolation: true }, { preload: null }));
    await t.sleep(50);
    sy.sendMsgToRender("bare", 1);
    await t.sleep(50);
    const { queued, delivered } = sy.stats().windows.bare;
    t.assert.deepEqual([queued, delivered], [1, 0]);
    t.assert.equal(page.console.length, 0);
  },

  "a page with Node that calls this package late loses nothing": async (t) => {
    const late = kind(NODE, { preload: null, file: "node.html" });
    const page = await t.open("late", late);
    await t.sleep(50);
    sy.sendMsgToRender("late", 0);
    await t.sleep(50);
    await page.hear("main", "onMsgFromMain");
    t.assert.deepEqual(await page.hears("main", 1), asHeard(undefined, 1));
  },

  "what is no message of electron-prokit's costs one line, and stops nobody": async (t) => {
    t.handle((_event, msg) => msg);
    const page = await t.open("node", PROKIT_KINDS["with node, no preload"]);
    const answer = await page.run(() => {
      const { ipcRenderer } = require("electron");
      const cyclic = {};
      cyclic.windowName = cyclic;
      for (const args of [[], [null], [5], ["x"], [{}], [{ windowName: 5 }], [cyclic]]) {
        for (let i = 0; i < 100; i++) ipcRenderer.send("EPrenderMsgToRender", ...args);
      }
      return ipcRenderer.invoke("EPrenderMsgToMain", "alive");
    });
    t.assert.equal(answer, "alive");
    t.assert.equal(t.console.lines.length, 1, t.console.lines.join("\n"));
    t.assert.match(t.console.lines[0], /has no windowName/);
  },

  [IN_A_SUBFRAME]: async (t) => {
    const framed = kind(
      { contextIsolation: true, sandbox: false, nodeIntegrationInSubFrames: true },
      { preload: built("prokit-preload.js"), file: "framed-prokit.html" },
    );
    const inbox = t.inbox();
    const page = await t.open("old", framed);
    const error = await page.thrown(() => frames[0].electronProkit.renderMsgToMain("from a frame"));
    t.assert.match(error.message, /subframe/);
    await page.run(() => {
      frames[0].electronProkit.renderMsgToRender("old", "from a frame");
      return prokit.renderMsgToMain("from the page");
    });
    t.assert.deepEqual(inbox, [{ from: "old", msg: "from the page" }]);
    t.assert.deepEqual(await page.heard("other"), []);
  },

  "initIpc({ prokitPreloads: false }): its channels are nobody's, and what is sent waits": async (
    t,
  ) => {
    t.handle((_event, msg) => msg);
    const page = await t.open("old", PROKIT);
    await page.run(() => prokit.renderMsgToMain(1));
    sy.initIpc({ prokitPreloads: false });
    try {
      const error = await page.thrown(() => prokit.renderMsgToMain(1));
      t.assert.match(error.message, /No handler registered/);
      t.assert.equal(ipcMain.listenerCount("EPrenderMsgToRender"), 0);
      sy.sendMsgToRender("old", 0);
      await t.sleep(50);
      t.assert.equal(sy.stats().windows.old.queued, 1);
    } finally {
      sy.initIpc({ prokitPreloads: true });
    }
    t.assert.deepEqual(await page.hears("main", 1), asHeard(undefined, 1));
    t.assert.equal(await page.run(() => prokit.renderMsgToMain(2)), 2);
    t.assert.equal(t.thrown(() => sy.initIpc({ prokitPreloads: 1 })).code, "ERR_INVALID_OPTION");
  },
};

/** How many messages of main a page has; their text may be long. */
function count(page) {
  return page.run(() => shared.ears.main.list.length);
}

/** Electron 9 to 11 do not tell main which frame speaks. */
if (Number.parseInt(process.versions.electron, 10) < 12) {
  delete laws[IN_A_SUBFRAME];
}

module.exports = Object.assign(
  laws,
  ...Object.entries(PROKIT_KINDS).map((entry) => lawsOf(...entry)),
);
