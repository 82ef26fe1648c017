/** Windows from the app's own table. Its own process: an option stays set. */
const sy = require("electron-switchyard");

sy.initIpc();

/** Answers from a table, and notes what was asked. */
function resolveFrom(table) {
  const asked = [];
  sy.initIpc({
    resolveWindow: (name) => {
      asked.push(name);
      return table[name];
    },
  });
  return asked;
}

async function loaded(t) {
  const page = t.unnamedWindow();
  await page.load();
  await page.hear("main", "onMsgFromMain");
  await page.hear("other", "onMsgFromOtherRender");
  return page;
}

module.exports = {
  "resolveWindow finds the target of sendMsgToRender, once per name": async (t) => {
    const page = await loaded(t);
    const asked = resolveFrom({ theirs: page.window });
    for (const n of [1, 2]) sy.sendMsgToRender("theirs", n);
    t.assert.deepEqual(await page.hears("main", 2), [
      [undefined, "1"],
      [undefined, "2"],
    ]);
    t.assert.deepEqual(asked, ["theirs"]);
    t.assert.equal(sy.getWindow("theirs"), page.window);
  },

  "resolveWindow finds the target of sendMsgToOtherRender, once per name": async (t) => {
    const page = await loaded(t);
    const asked = resolveFrom({ theirs: page.window });
    const sender = await t.open("sender");
    await sender.run(() => {
      for (const n of [1, 2]) sy.sendMsgToOtherRender("theirs", n);
      sy.sendMsgToOtherRender("sender", "known");
    });
    t.assert.deepEqual(await page.hears("other", 2), [
      ["sender", "1"],
      ["sender", "2"],
    ]);
    t.assert.deepEqual(asked, ["theirs"]);
  },

  "resolveWindow finds the target of callRender and of callOtherRender, once per name": async (
    t,
  ) => {
    const pages = { one: await loaded(t), two: await loaded(t) };
    for (const page of Object.values(pages)) await page.run(() => void sy.onCall((_e, msg) => msg));
    const asked = resolveFrom({ one: pages.one.window, two: pages.two.window });
    const asker = await t.open("asker");
    for (const n of [1, 2]) t.assert.equal(await sy.callRender("one", n), n);
    const both = () => Promise.all([1, 2].map((n) => sy.callOtherRender("two", n)));
    t.assert.deepEqual(await asker.run(both), [1, 2]);
    t.assert.equal(await asker.run(() => sy.callOtherRender("one", 3)), 3);
    t.assert.deepEqual(asked, ["one", "two"]);
    t.assert.equal(sy.getWindow("two"), pages.two.window);
  },

  "what resolveWindow does not find rejects calls with ERR_UNKNOWN_WINDOW": async (t) => {
    resolveFrom({});
    const page = await t.open("page");
    const inMain = await t.shared.outcome(() => sy.callRender("nobody", 1));
    t.assert.equal(inMain.error.code, "ERR_UNKNOWN_WINDOW");
    const inPage = await page.thrown(() => sy.callOtherRender("nobody", 1));
    t.assert.equal(inPage.code, "ERR_UNKNOWN_WINDOW");
  },

  "what resolveWindow does not find is unknown, to main and to pages": async (t) => {
    for (const nothing of [undefined, null]) {
      resolveFrom({ nobody: nothing });
      t.assert.equal(t.thrown(() => sy.sendMsgToRender("nobody", 1)).code, "ERR_UNKNOWN_WINDOW");
      const page = await t.open("page");
      await page.run(() => sy.sendMsgToOtherRender("nobody", 1));
      await page.says(/"nobody".*"page"/);
      sy.destroyWindow("page");
    }
  },

  "a storm of names from a page asks for 100 a second, for none twice, and says one line": async (
    t,
  ) => {
    const asked = resolveFrom(Object.create(null));
    t.handle(() => "alive");
    const page = await t.open("page");
    const began = Date.now();
    await page.run(async () => {
      for (let n = 0; n < 1000; n++) sy.sendMsgToOtherRender("same", n);
      await sy.sendMsgToMain(0);
      for (let n = 0; n < 100; n++) {
        for (const name of ["__proto__", "constructor", "toString", "\u65e5".repeat(1000)]) {
          sy.sendMsgToOtherRender(name, n);
        }
        if (n % 10 === 0) await sy.sendMsgToMain(0);
      }
      for (let n = 0; n < 20_000; n++) sy.sendMsgToOtherRender(`n${n}`, 1);
      await sy.sendMsgToMain(0);
    });
    const seconds = 2 + Math.floor((Date.now() - began) / 1000);
    t.assert.ok(asked.length <= 100 * seconds, `${asked.length} in ${seconds} s`);
    for (const name of ["same", "__proto__", "constructor"]) {
      const times = asked.filter((each) => each === name).length;
      t.assert.ok(times >= 1 && times <= seconds, `${name}: ${times}`);
    }
    t.assert.ok(asked.every((name) => Buffer.byteLength(name) <= 1024));
    t.assert.ok(t.console.lines.length <= 1, t.console.lines.join("\n"));
    const long = t.thrown(() => sy.sendMsgToRender("x".repeat(1_000_000), 1));
    t.assert.equal(long.code, "ERR_UNKNOWN_WINDOW");
    t.assert.ok(long.message.length < 1000, `${long.message.length}`);
  },

  "a destroyed window that resolveWindow gives is none": async (t) => {
    const { window } = t.unnamedWindow();
    window.destroy();
    resolveFrom({ nobody: window });
    t.assert.equal(t.thrown(() => sy.sendMsgToRender("nobody", 1)).code, "ERR_UNKNOWN_WINDOW");
  },

  "a resolveWindow that throws takes nothing down": async (t) => {
    sy.initIpc({
      resolveWindow: () => {
        throw new Error("their table is broken");
      },
    });
    t.handle(() => "alive");
    const page = await t.open("page");
    await page.hear("other", "onMsgFromOtherRender");
    await page.run(() => {
      sy.sendMsgToOtherRender("theirs", 1);
      sy.sendMsgToOtherRender("page", 2);
    });
    await page.says(/"theirs"/);
    t.assert.deepEqual(await page.hears("other", 1), [["page", "2"]]);
    t.assert.equal(await page.run(() => sy.sendMsgToMain(1)), "alive");
    t.assert.ok(t.console.lines.some((line) => /resolveWindow/.test(line)));
    t.thrown(() => sy.sendMsgToRender("theirs", 1));
  },

  "a resolveWindow that gives something else than a window takes nothing down": async (t) => {
    resolveFrom({ theirs: "a string", number: 5, object: {} });
    t.handle(() => "alive");
    const page = await t.open("page");
    await page.run(() => {
      for (const name of ["theirs", "number", "object"]) sy.sendMsgToOtherRender(name, 1);
    });
    for (const name of ["theirs", "number", "object"]) await page.says(new RegExp(`"${name}"`));
    t.assert.equal(await page.run(() => sy.sendMsgToMain(1)), "alive");
    const error = t.thrown(() => sy.sendMsgToRender("theirs", 1));
    t.assert.match(error.message, /resolveWindow|windowInstance|BrowserWindow/);
  },
};
