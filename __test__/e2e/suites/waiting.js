/** Messages wait for a page that is not there yet, or does not listen yet. */
const sy = require("electron-switchyard");
const { KINDS } = require("../kinds");

const numbers = (count) => Array.from({ length: count }, (_, i) => i);
const heardAll = (count) => numbers(count).map((n) => [undefined, String(n)]);

function lawsOf(kindName, kind) {
  return {
    [`${kindName}: what main sends before and while a page loads arrives`]: async (t) => {
      const page = t.window("page", kind);
      for (const n of numbers(10)) sy.sendMsgToRender("page", n);
      const loading = page.load();
      let n = 10;
      const ticks = setInterval(() => sy.sendMsgToRender("page", n++), 1);
      await loading;
      clearInterval(ticks);
      const count = n;
      await page.hear("late", "onMsgFromMain");
      t.assert.ok(count > 11, "some were sent while it loaded");
      t.assert.deepEqual(await page.hears("late", count), heardAll(count));
    },
  };
}

const LATER = {
  "what is sent before a page's listener is added, 300 ms late, arrives once in order": async (
    t,
  ) => {
    const inbox = t.inbox();
    const sender = await t.open("sender");
    const page = t.window("page");
    const loading = page.load("echo.html", { late: "300" });
    sy.sendMsgToRender("page", 0);
    await sender.run(() => sy.sendMsgToOtherRender("page", 0));
    await loading;
    for (const n of [1, 2]) sy.sendMsgToRender("page", n);
    await sender.run(() => {
      for (const n of [1, 2]) sy.sendMsgToOtherRender("page", n);
    });
    t.assert.equal(inbox.length, 0);
    await t.until("all are there", () => inbox.length >= 6);
    const lane = (name) => inbox.filter(({ msg }) => msg.lane === name).map(({ msg }) => msg.msg);
    t.assert.deepEqual(lane("main"), [0, 1, 2]);
    t.assert.deepEqual(lane("other"), [0, 1, 2]);
  },

  "messages wait again after the last listener left": async (t) => {
    const page = await t.open("page");
    await page.hear("first", "onMsgFromMain");
    sy.sendMsgToRender("page", 0);
    await page.hears("first", 1);
    await page.run(() => shared.ears.first.undo());
    for (const n of [1, 2, 3]) sy.sendMsgToRender("page", n);
    await t.sleep(30);
    await page.hear("second", "onMsgFromMain");
    const rest = heardAll(4).slice(1);
    t.assert.deepEqual(await page.hears("second", 3), rest);
    t.assert.deepEqual(await page.heard("first"), heardAll(1));
  },

  "a message that only one lane listens to does not hold up the other": async (t) => {
    const page = await t.open("page");
    sy.sendMsgToRender("page", "waits");
    await page.hear("other", "onMsgFromOtherRender");
    await page.run(() => sy.sendMsgToOtherRender("page", 1));
    t.assert.deepEqual(await page.hears("other", 1), [["page", "1"]]);
    t.assert.equal(sy.stats().windows.page.queued, 1);
    await page.hear("main", "onMsgFromMain");
    t.assert.deepEqual(await page.hears("main", 1), [[undefined, '"waits"']]);
  },

  "requests wait while main has no handler": async (t) => {
    const page = await t.open("page");
    const answer = page.run(() => Promise.all([1, 2].map((n) => sy.sendMsgToMain(n))));
    await t.until("they wait", () => sy.stats().mainProcess.queued === 2);
    t.handle((_event, msg) => msg * 10);
    t.assert.deepEqual(await answer, [10, 20]);
  },
};

module.exports = Object.assign(
  {},
  ...Object.entries(KINDS).map((entry) => lawsOf(...entry)),
  LATER,
);
