/** Names of windows. */
const { BrowserWindow } = require("electron");
const sy = require("electron-switchyard");
const { ISOLATED } = require("../kinds");

function newWindow() {
  return new BrowserWindow({ show: false });
}

function closed(window) {
  const done = new Promise((resolve) => window.once("closed", resolve));
  window.close();
  return done;
}

/** Sends to a window and back, by its name only. */
async function answersByName(t, name) {
  const inbox = t.inbox();
  const page = await t.open(name);
  await page.hear("main", "onMsgFromMain");
  await page.hear("other", "onMsgFromOtherRender");
  sy.sendMsgToRender(name, 1);
  await page.run((name) => {
    sy.sendMsgToOtherRender(name, 2);
    sy.sendMsgToMain(3);
  }, name);
  t.assert.deepEqual(await page.hears("main", 1), [[undefined, "1"]]);
  t.assert.deepEqual(await page.hears("other", 1), [[name, "2"]]);
  t.assert.deepEqual(inbox, [{ from: name, msg: 3 }]);
  // Two messages and the answer.
  t.assert.equal(sy.stats().windows[name].delivered, 3);
}

module.exports = {
  "createWindow of a name that exists warns and returns that window": async (t) => {
    const window = sy.createWindow("one", { show: false });
    t.assert.equal(sy.createWindow("one", { show: false }), window);
    t.assert.equal(BrowserWindow.getAllWindows().length, 1);
    t.assert.ok(t.console.lines.some((line) => /createWindow/.test(line) && /"one"/.test(line)));
  },

  "getWindow, hasWindow and getAllWindows know just the named windows": async (t) => {
    t.unnamedWindow();
    const [b, a] = ["b", "a"].map((name) => t.window(name).window);
    t.assert.equal(sy.getWindow("a"), a);
    t.assert.equal(sy.getWindow("b"), b);
    t.assert.equal(sy.getWindow("c"), undefined);
    t.assert.equal(sy.hasWindow("a"), true);
    t.assert.equal(sy.hasWindow("c"), false);
    t.assert.equal(sy.hasWindow("toString"), false);
    t.assert.equal(sy.getWindow("constructor"), undefined);
    t.assert.deepEqual(
      sy.getAllWindows().map((window) => window.id),
      [b.id, a.id],
    );
  },

  "destroyWindow destroys the window of a name, and is quiet where there is none": async (t) => {
    const { window } = t.window("gone");
    sy.destroyWindow("gone");
    sy.destroyWindow("gone");
    sy.destroyWindow("never was");
    t.assert.equal(window.isDestroyed(), true);
    t.assert.equal(sy.hasWindow("gone"), false);
    t.assert.deepEqual(t.console.lines, []);
  },

  "a closed window frees its name; the next of that name gets nothing of the old": async (t) => {
    const old = await t.open("again");
    for (const n of [1, 2]) sy.sendMsgToRender("again", `old ${n}`);
    await closed(old.window);
    t.assert.equal(sy.hasWindow("again"), false);
    sy.sendMsgToRender("again", "nobody's");
    const page = await t.open("again");
    await page.hear("main", "onMsgFromMain");
    sy.sendMsgToRender("again", "new");
    t.assert.deepEqual(await page.hears("main", 1), [[undefined, '"new"']]);
  },

  "a name is free within its window's closed event": async (t) => {
    const first = t.window("again").window;
    const second = new Promise((resolve) => {
      first.once("closed", () => resolve(sy.createWindow("again", { show: false })));
    });
    first.destroy();
    t.assert.notEqual(await second, first);
    t.assert.equal(sy.getWindow("again"), await second);
  },

  "clearWindows destroys all named windows, and only those": async (t) => {
    const other = t.unnamedWindow().window;
    const named = ["a", "b", "c"].map((name) => t.window(name).window);
    sy.clearWindows();
    t.assert.ok(named.every((window) => window.isDestroyed()));
    t.assert.equal(other.isDestroyed(), false);
    t.assert.deepEqual(sy.getAllWindows(), []);
    sy.clearWindows();
  },

  "showWindow shows the window of a name, main without one": async (t) => {
    const [main, other] = ["main", "other"].map((name) => t.window(name).window);
    sy.showWindow();
    t.assert.equal(main.isVisible(), true);
    t.assert.equal(other.isVisible(), false);
    sy.showWindow("other");
    t.assert.equal(other.isVisible(), true);
  },

  "showWindow of an unknown name only writes a console error": async (t) => {
    sy.showWindow();
    sy.showWindow("nobody");
    t.assert.equal(t.console.lines.length, 2);
    t.assert.match(t.console.lines[0], /"main"/);
    t.assert.match(t.console.lines[1], /"nobody"/);
  },

  "registerWindow names a window of the app's own, also once its page is loaded": async (t) => {
    const page = t.unnamedWindow();
    await page.load();
    await page.hear("main", "onMsgFromMain");
    sy.registerWindow("mine", page.window);
    sy.registerWindow("mine", page.window);
    t.assert.equal(sy.getWindow("mine"), page.window);
    sy.sendMsgToRender("mine", 1);
    t.assert.deepEqual(await page.hears("main", 1), [[undefined, "1"]]);
    page.window.destroy();
    t.assert.equal(sy.hasWindow("mine"), false);
  },

  "unregisterWindow takes the name, drops what waits under it, keeps the window": async (t) => {
    const page = await t.open("named");
    sy.sendMsgToRender("named", "dropped");
    t.assert.equal(sy.unregisterWindow("named"), true);
    t.assert.equal(sy.unregisterWindow("named"), false);
    t.assert.equal(page.window.isDestroyed(), false);
    t.assert.equal(sy.hasWindow("named"), false);
    sy.registerWindow("renamed", page.window);
    await page.hear("main", "onMsgFromMain");
    sy.sendMsgToRender("renamed", "kept");
    t.assert.deepEqual(await page.hears("main", 1), [[undefined, '"kept"']]);
    const inbox = t.inbox();
    await page.run(() => void sy.sendMsgToMain(1));
    await t.until("main got it", () => inbox.length === 1);
    t.assert.equal(inbox[0].from, "renamed");
  },

  "a window may be named and unnamed many times": async (t) => {
    const window = newWindow();
    for (let i = 0; i < 20; i++) {
      sy.registerWindow(`name ${i}`, window);
      sy.unregisterWindow(`name ${i}`);
    }
    sy.registerWindow("last", window);
    t.assert.equal(sy.getWindow("last"), window);
    window.destroy();
    t.assert.equal(sy.hasWindow("last"), false);
  },

  "a taken name, or a second name, is ERR_NAME_TAKEN and changes nothing": async (t) => {
    const [a, b] = [t.window("a").window, t.window("b").window];
    const other = newWindow();
    t.assert.equal(t.thrown(() => sy.registerWindow("a", other)).code, "ERR_NAME_TAKEN");
    t.assert.equal(t.thrown(() => sy.registerWindow("a", b)).code, "ERR_NAME_TAKEN");
    const second = t.thrown(() => sy.registerWindow("c", a));
    t.assert.equal(second.code, "ERR_NAME_TAKEN");
    t.assert.match(second.message, /"a".*"c"/);
    t.assert.equal(sy.getWindow("a"), a);
    t.assert.equal(sy.hasWindow("c"), false);
    sy.registerWindow("c", other);
  },

  "a destroyed window cannot be registered: ERR_TARGET_GONE": async (t) => {
    const window = newWindow();
    window.destroy();
    const error = t.thrown(() => sy.registerWindow("late", window));
    t.assert.equal(error.code, "ERR_TARGET_GONE");
    t.assert.equal(sy.hasWindow("late"), false);
  },

  "a window may be named main": (t) => answersByName(t, "main"),
  "a window may be named __proto__": (t) => answersByName(t, "__proto__"),
  "a window's name may have quotes, newlines and unicode": (t) =>
    answersByName(t, `"it's" \\ a\nname\u0000 ✓ 窓 \u{1f680} \u2028`),

  "a window without a name reaches main and named windows": async (t) => {
    t.handle((event, msg) => ["answered", event.windowName, msg]);
    const named = await t.open("named");
    await named.hear("other", "onMsgFromOtherRender");
    const unnamed = t.unnamedWindow();
    await unnamed.load();
    const answer = await unnamed.run(async () => {
      sy.sendMsgToOtherRender("named", "hi");
      return shared.textOf(await sy.sendMsgToMain(1));
    });
    t.assert.equal(answer, '["answered",undefined,1]');
    t.assert.deepEqual(await named.hears("other", 1), [[undefined, '"hi"']]);
    t.assert.ok(sy.stats().unnamed.delivered > 0);
  },

  "nothing reaches a window without a name by a name": async (t) => {
    const unnamed = t.unnamedWindow(ISOLATED);
    await unnamed.load();
    await unnamed.hear("main", "onMsgFromMain");
    for (const name of ["undefined", "null", String(unnamed.window.id), " "]) {
      t.assert.equal(t.thrown(() => sy.sendMsgToRender(name, 1)).code, "ERR_UNKNOWN_WINDOW");
    }
    t.assert.deepEqual(await unnamed.heard("main"), []);
  },
};
