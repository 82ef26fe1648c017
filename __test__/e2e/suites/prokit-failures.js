/** Messages that a window with electron-prokit's preload cannot be given. */
const { BrowserView } = require("electron");
const sy = require("electron-switchyard");
const { ISOLATED } = require("../kinds");
const { path } = require("../node");
const { PROKIT, PROKIT_KINDS } = require("../prokit");
const { TAKEN } = require("../taken");

function nested(depth) {
  let value = [];
  for (let i = 0; i < depth; i++) value = [value];
  return value;
}

/** The contextBridge passes nothing deeper than 1,000. */
const WITHOUT_BRIDGE = PROKIT_KINDS["with node, no preload"];

const DEPTHS = [500, 1000, 2000, 3000, 4000, 5000, 6000];

/** Counts what comes; the page's own listeners write it as text, which no deep value survives. */
function count(page, call) {
  return page.run((call) => {
    const { ipcRenderer } = require("electron");
    for (const name of ["EPmainMsgToRender", "EPrenderMsgToRender"]) {
      ipcRenderer.removeAllListeners(name);
    }
    window.came = 0;
    prokit[call]((_event, msg) => {
      window.came += 1;
      window.last = Array.isArray(msg) ? "nested" : msg;
    });
  }, call);
}

/** Electron refuses what is sent to this page, as it does where V8 gives a value up. */
function refuseAll(t, { contents }) {
  const { send } = contents;
  contents.send = () => {
    throw new Error("An object could not be cloned.");
  };
  const undo = () => {
    contents.send = send;
  };
  t.undos.push(undo);
  return undo;
}

module.exports = {
  "electron-prokit's preload: deep messages of main's throw nothing in main; the next arrives":
    async (t) => {
      const page = await t.open("old", WITHOUT_BRIDGE);
      await count(page, "onMsgFromMain");
      let reported = 0;
      t.undos.push(sy.onUndeliverable(({ count }) => (reported += count)));
      let sent = 0;
      for (const depth of DEPTHS) {
        try {
          sy.sendMsgToRender("old", nested(depth));
          sent += 1;
        } catch (error) {
          t.assert.match(error.code, /^ERR_/);
        }
      }
      sy.sendMsgToRender("old", "next");
      await t.until("each is accounted for", async () => {
        const came = await page.run(() => window.came);
        return came + reported === sent + 1;
      });
      t.assert.equal(await page.run(() => window.last), "next");
    },

  "electron-prokit's preload: deep messages of a page's throw nothing in main; the next arrives":
    async (t) => {
      const [old, ours] = [await t.open("old", WITHOUT_BRIDGE), await t.open("ours")];
      await count(old, "onRenderMsgToRender");
      const sent = await ours.run((depths) => {
        window.reported = 0;
        sy.onUndeliverable(({ count }) => (window.reported += count));
        let sent = 0;
        for (const depth of depths) {
          let value = [];
          for (let i = 0; i < depth; i++) value = [value];
          try {
            sy.sendMsgToOtherRender("old", value);
            sent += 1;
          } catch {}
        }
        sy.sendMsgToOtherRender("old", "next");
        return sent;
      }, DEPTHS);
      await t.until("each is accounted for", async () => {
        const came = await old.run(() => window.came);
        return came + (await ours.run(() => window.reported)) === sent + 1;
      });
      t.assert.equal(await old.run(() => window.last), "next");
    },

  "electron-prokit's preload: who sent what Electron rejects is notified how many and why": async (
    t,
  ) => {
    const [old, ours, third] = [
      await t.open("old", PROKIT),
      await t.open("ours"),
      await t.open("third", PROKIT),
    ];
    const reports = [];
    t.undos.push(sy.onUndeliverable((report) => reports.push(report)));
    await ours.run(() => {
      window.reports = [];
      sy.onUndeliverable((report) => window.reports.push(report));
    });
    const undo = refuseAll(t, old);
    for (const n of [1, 2]) sy.sendMsgToRender("old", n);
    await ours.run(() => {
      for (const n of [1, 2, 3]) sy.sendMsgToOtherRender("old", n);
    });
    await third.run(() => {
      for (const n of [1, 2]) prokit.renderMsgToRender("old", n);
    });
    await t.until("all are reported", async () => {
      const ofOurs = await ours.run(() => window.reports.length);
      return reports.length > 0 && ofOurs > 0 && t.console.lines.length > 0;
    });
    const all = [...reports, ...(await ours.run(() => window.reports))];
    for (const { windowName, code, message } of all) {
      t.assert.deepEqual([windowName, code], ["old", "ERR_NOT_CLONEABLE"]);
      t.assert.match(message, /electron-prokit's preload.*could not be cloned/);
    }
    const total = all.reduce((sum, { count }) => sum + count, 0);
    t.assert.equal(total, 5);
    // What electron-prokit's preload sent is told in main, as it has no way to hear.
    t.assert.equal(t.console.lines.length, 1, t.console.lines.join("\n"));
    t.assert.match(
      t.console.lines[0],
      /messages to "old" were not delivered .*could not be cloned/,
    );
    undo();
    sy.sendMsgToRender("old", 3);
    t.assert.deepEqual(await old.hears("main", 1), [[undefined, "3"]]);
  },

  "electron-prokit's preload: a view that sent what Electron rejects is notified": async (t) => {
    const old = await t.open("old", PROKIT);
    const view = new BrowserView(ISOLATED.options());
    t.unnamedWindow().window.setBrowserView(view);
    const page = t.page({ webContents: view.webContents });
    await view.webContents.loadFile(path.join(__dirname, "..", "pages", "page.html"));
    sy.registerWindow("view", view);
    await page.run(() => {
      window.reports = [];
      sy.onUndeliverable((report) => window.reports.push(report));
    });
    refuseAll(t, old);
    await page.run(() => sy.sendMsgToOtherRender("old", 1));
    await t.until("it is notified", () => page.run(() => window.reports.length > 0));
    const [{ windowName, code, count }] = await page.run(() => window.reports);
    t.assert.deepEqual([windowName, code, count], ["old", "ERR_NOT_CLONEABLE", 1]);
    t.assert.deepEqual(t.console.lines, []);
  },

  "electron-prokit's preload: 10,000 messages that cannot be read cost one line at most": async (
    t,
  ) => {
    const old = await t.open("old", PROKIT);
    const taken = await t.open("taken", TAKEN, "page.html");
    // Main closes the port of a page that has 4 MiB in flight. The request comes behind what was posted.
    let rounds = 0;
    t.handle(() => {
      rounds += 1;
    });
    for (let round = 1; round <= 10; round++) {
      await taken.run((id) => {
        for (let n = 0; n < 1000; n++) sendRaw(8, 0, '[[2,"old",1,["\\u007f","zz"]]]', []);
        sendRaw(8, 0, `[[1,${id},0,0]]`);
      }, round);
      await t.until("main has taken them", () => rounds === round);
    }
    await taken.run(() => sendRaw(8, 0, '[[2,"old",0,"next"]]'));
    t.assert.deepEqual(await old.hears("other", 1), [[undefined, '"next"']]);
    t.assert.ok(t.console.lines.length <= 1, t.console.lines.slice(0, 5).join("\n"));
  },
};
