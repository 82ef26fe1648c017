/** Documents with both preloads, electron-prokit's and ours, as an app has that keeps its database. */
const sy = require("electron-switchyard");
const { NODE, built, kind } = require("../kinds");

const BOTH = { preload: built("prokit-both.js"), file: "page.html" };
const KINDS = {
  "isolated and sandboxed": kind({ contextIsolation: true, sandbox: true }, BOTH),
  isolated: kind({ contextIsolation: true, sandbox: false }, BOTH),
};

const numbers = (count) => Array.from({ length: count }, (_, i) => i);
const asHeard = (from, count) => numbers(count).map((n) => [from, String(n)]);

/** Sends to a window before its page has loaded, then, and afterwards: six from each. */
async function sendAround(t, page) {
  const other = await t.open("other");
  const send = async (n) => {
    sy.sendMsgToRender("both", n);
    await other.run((n) => sy.sendMsgToOtherRender("both", n), n);
  };
  for (const n of [0, 1]) await send(n);
  const loaded = page.load();
  for (const n of [2, 3]) await send(n);
  await loaded;
  for (const n of [4, 5]) await send(n);
  await t.sleep(50);
}

function lawsOf(name, both) {
  return {
    [`both preloads, ${name}: messages wait for a listener of ours, and come once`]: async (t) => {
      const page = t.window("both", both);
      await sendAround(t, page);
      await page.hear("main", "onMsgFromMain");
      await page.hear("other", "onMsgFromOtherRender");
      t.assert.deepEqual(await page.hears("main", 6), asHeard(undefined, 6));
      t.assert.deepEqual(await page.hears("other", 6), asHeard("other", 6));
    },

    [`both preloads, ${name}: messages wait for a listener of electron-prokit's, and come once`]:
      async (t) => {
        const page = t.window("both", both);
        await sendAround(t, page);
        await page.run(() => {
          shared.hear("main", "", (listener) => electronProkit.onMsgFromMain(listener));
          shared.hear("other", "", (listener) => electronProkit.onRenderMsgToRender(listener));
        });
        t.assert.deepEqual(await page.hears("main", 6), asHeard(undefined, 6));
        t.assert.deepEqual(await page.hears("other", 6), asHeard("other", 6));
      },

    [`both preloads, ${name}: what electron-prokit's global said before changes nothing`]: async (
      t,
    ) => {
      t.handle((event, msg) => [event.windowName, msg]);
      const page = await t.open("both", both);
      t.assert.deepEqual(await page.run(() => electronProkit.renderMsgToMain(1)), ["both", 1]);
      await page.run(() => electronProkit.renderMsgToRender("both", 0));
      for (const n of [0, 1]) sy.sendMsgToRender("both", n);
      await t.sleep(50);
      await page.hear("main", "onMsgFromMain");
      await page.hear("other", "onMsgFromOtherRender");
      t.assert.deepEqual(await page.hears("main", 2), asHeard(undefined, 2));
      t.assert.deepEqual(await page.hears("other", 1), asHeard("both", 1));
    },

    [`both preloads, ${name}: what comes over a reload waits too`]: async (t) => {
      const page = await t.open("both", both);
      await page.run(() => electronProkit.onMsgFromMain(() => undefined));
      const loaded = page.reload();
      await new Promise((resolve) => page.contents.once("did-navigate", resolve));
      for (const n of [0, 1]) sy.sendMsgToRender("both", n);
      await loaded;
      await t.sleep(50);
      await page.hear("main", "onMsgFromMain");
      t.assert.deepEqual(await page.hears("main", 2), asHeard(undefined, 2));
    },
  };
}

const laws = {
  "a page with Node that calls both packages: each lane waits for its own listener": async (t) => {
    const page = t.window("both", kind(NODE, { preload: null, file: "node.html" }));
    await page.load();
    await page.run(() => {
      const prokit = require("../built/prokit-page.js");
      shared.hear("main", "", (listener) => prokit.onMsgFromMain(listener));
      sy.onCall(() => 0);
    });
    await sendAround(t, { load: () => undefined });
    await page.hear("other", "onMsgFromOtherRender");
    t.assert.deepEqual(await page.hears("main", 6), asHeard(undefined, 6));
    t.assert.deepEqual(await page.hears("other", 6), asHeard("other", 6));
  },

  "a page with Node of electron-prokit's that calls this package late: the rest waits": async (
    t,
  ) => {
    const page = await t.open("both", kind(NODE, { preload: null, file: "prokit.html" }));
    sy.sendMsgToRender("both", 0);
    await page.hears("main", 1);
    await page.run(() => {
      window.ours = require("electron-switchyard");
      ours.onCall(() => 0);
    });
    await page.known();
    sy.sendMsgToRender("both", 1);
    t.assert.deepEqual(await page.hears("main", 2), asHeard(undefined, 2));
    await page.run(() => shared.hear("ours", "", ours.onMsgFromMain));
    sy.sendMsgToRender("both", 2);
    t.assert.deepEqual(await page.hears("ours", 1), [[undefined, "2"]]);
    t.assert.deepEqual(await page.hears("main", 3), asHeard(undefined, 3));
  },
};

module.exports = Object.assign(laws, ...Object.entries(KINDS).map((entry) => lawsOf(...entry)));
