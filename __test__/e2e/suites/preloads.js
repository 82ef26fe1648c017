/** Every way in which a preload can open the calls to its page. */
const { session } = require("electron");
const sy = require("electron-switchyard");
const { built, kind, source } = require("../kinds");

const SANDBOXED = { contextIsolation: true, sandbox: true };
const UNSANDBOXED = { contextIsolation: true, sandbox: false };
const SHARED_WORLD = { contextIsolation: false, sandbox: true };

const USERS = {
  "bundled for the browser, sandboxed": [SANDBOXED, "user-browser.js"],
  "bundled for node, sandboxed": [SANDBOXED, "user-node.js"],
  "bundled for the browser, unsandboxed": [UNSANDBOXED, "user-browser.js"],
  "bundled for node, unsandboxed": [UNSANDBOXED, "user-node.js"],
  "bundled for the browser, in the page's world": [SHARED_WORLD, "user-browser.js"],
  "bundled for node, in the page's world": [SHARED_WORLD, "user-node.js"],
};

async function answersAndListens(t, page) {
  t.handle((_event, msg) => msg);
  t.assert.equal(await page.run(() => sy.sendMsgToMain("hello")), "hello");
  await page.hear("main", "onMsgFromMain");
  sy.sendMsgToRender("page", 1);
  t.assert.deepEqual(await page.hears("main", 1), [[undefined, "1"]]);
}

function lawsOfUsers(name, [webPreferences, file]) {
  const isShared = webPreferences === SHARED_WORLD;
  return {
    [`a user's preload ${name}: a call goes to one world, the page's or else the preload's`]:
      async (t) => {
        // The preload's hello would wait for another test's handler.
        t.inbox();
        const page = await t.open("page", kind(webPreferences, { preload: built(file) }));
        const fromMain = { preload: "call", from: undefined, msg: 1 };
        const fromPage = { preload: "call", from: "page", msg: 1 };
        const ask = () => page.run(() => sy.callOtherRender("page", 1));
        t.assert.deepEqual([await sy.callRender("page", 1), await ask()], [fromMain, fromPage]);
        await page.run(() => {
          window.seen = [];
          window.undo = sy.onCall((_event, msg) => `the page's ${seen.push(msg)}`);
        });
        // In one world the preload's handler is the first of two.
        const answers = isShared ? [fromMain, fromPage] : ["the page's 1", "the page's 2"];
        t.assert.deepEqual([await sy.callRender("page", 1), await ask()], answers);
        t.assert.deepEqual(await page.run(() => seen), [1, 1]);
        await page.run(() => undo());
        t.assert.deepEqual([await sy.callRender("page", 1), await ask()], [fromMain, fromPage]);
      },

    [`a user's preload ${name}: preload and page each get each message`]: async (t) => {
      const inbox = t.inbox();
      const page = await t.open("page", kind(webPreferences, { preload: built(file) }));
      await page.hear("main", "onMsgFromMain");
      await page.hear("other", "onMsgFromOtherRender");
      for (const n of [1, 2]) sy.sendMsgToRender("page", n);
      await page.run(() => sy.sendMsgToOtherRender("page", { deep: new Date(3) }));
      t.assert.deepEqual(await page.hears("main", 2), [
        [undefined, "1"],
        [undefined, "2"],
      ]);
      t.assert.deepEqual(await page.hears("other", 1), [["page", "{deep: Date(3)}"]]);
      await t.until("the preload told of all", () => inbox.length >= 4);
      const told = inbox.map(({ from, msg }) => t.shared.textOf({ from, ...msg }));
      t.assert.deepEqual(told, [
        '{from: "page",preload: "hello"}',
        '{from: "page",preload: "main",msg: 1}',
        '{from: "page",preload: "main",msg: 2}',
        '{from: "page",preload: "other",msg: {deep: Date(3)}}',
      ]);
    },
  };
}

function lawsOfTwice(bundle) {
  return {
    [`initExposeInMainWorld twice is harmless, bundled for ${bundle}`]: async (t) => {
      for (const preferences of [SANDBOXED, SHARED_WORLD]) {
        const preload = built(`twice-${bundle}.js`);
        const page = await t.open("page", kind(preferences, { preload }));
        await answersAndListens(t, page);
        t.assert.deepEqual(page.console.filter(isComplaint), []);
        sy.destroyWindow("page");
      }
    },
  };
}

function isComplaint(line) {
  // Of the page. Those of calls are "(electron) Security Warning: ...".
  return !/Electron Security Warning/.test(line);
}

/** A session in which the ready preload runs before each window's own. */
function sessionWithReadyPreload(name) {
  const own = session.fromPartition(name);
  own.setPreloads([sy.getPreloadPath()]);
  return own;
}

const OTHERS = {
  "the ready preload and a user's one together are harmless": async (t) => {
    for (const [i, preferences] of [SANDBOXED, UNSANDBOXED, SHARED_WORLD].entries()) {
      const inbox = t.inbox();
      const both = { ...preferences, session: sessionWithReadyPreload(`both-${i}`) };
      const page = await t.open("page", kind(both, { preload: built("user-browser.js") }));
      await page.hear("main", "onMsgFromMain");
      sy.sendMsgToRender("page", 1);
      t.assert.deepEqual(await page.hears("main", 1), [[undefined, "1"]]);
      const hello = { from: "page", msg: { preload: "hello" } };
      t.assert.deepEqual(inbox, [hello, { from: "page", msg: { preload: "main", msg: 1 } }]);
      t.assert.deepEqual(page.console.filter(isComplaint), []);
      sy.destroyWindow("page");
      t.unhandle();
    }
  },

  "no preload of this package's makes Electron 9 warn of executeJavaScript": async (t) => {
    t.inbox();
    for (const preferences of [SANDBOXED, UNSANDBOXED]) {
      for (const preload of [undefined, built("user-browser.js")]) {
        const page = await t.open("page", kind(preferences, { preload }));
        await answersAndListens(t, page);
        t.assert.deepEqual(
          page.console.filter((line) => /executeJavaScript/.test(line)),
          [],
        );
        sy.destroyWindow("page");
        t.unhandle();
      }
    }
  },

  "an unsandboxed preload may simply require the package": async (t) => {
    for (const preferences of [UNSANDBOXED, { ...UNSANDBOXED, contextIsolation: false }]) {
      const inbox = t.inbox();
      const page = await t.open("page", kind(preferences, { preload: source("plain.js") }));
      await page.hear("main", "onMsgFromMain");
      sy.sendMsgToRender("page", "both");
      t.assert.deepEqual(await page.hears("main", 1), [[undefined, '"both"']]);
      t.assert.deepEqual(inbox, [{ from: "page", msg: { preload: "main", msg: "both" } }]);
      t.unhandle();
      sy.destroyWindow("page");
    }
  },

  "an off in the page leaves the preload's listener alone": async (t) => {
    const inbox = t.inbox();
    const page = await t.open("page", kind(SANDBOXED, { preload: built("user-browser.js") }));
    await page.hear("main", "onMsgFromMain");
    await page.run(() => sy.offMsgFromMain(shared.ears.main.listener));
    sy.sendMsgToRender("page", 1);
    await t.until("the preload told of it", () => inbox.length === 2);
    t.assert.deepEqual(await page.heard("main"), []);
  },
};

module.exports = Object.assign(
  {},
  ...Object.entries(USERS).map((entry) => lawsOfUsers(...entry)),
  ...["browser", "node"].map(lawsOfTwice),
  OTHERS,
);
