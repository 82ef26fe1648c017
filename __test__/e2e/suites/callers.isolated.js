/** While the app is developed, stacks of later rejections have the app's line. Its own process: for handlerWaitMs. */
const sy = require("electron-switchyard");
const { ISOLATED, OPEN } = require("../kinds");

sy.initIpc({ handlerWaitMs: 50 });

/** In a page: the stacks of the rejections of some calls, by the name of the call. */
function stacksInPage() {
  const { read, none } = sy.connect("files");
  const shown = sy.connect("view", { in: "other" });
  return shared.stacksOf({
    "sendMsgToMain handler": () => sy.sendMsgToMain("throw"),
    "sendMsgToMain time": () => sy.sendMsgToMain("never", { timeoutMs: 20 }),
    "callOtherRender unknown": () => sy.callOtherRender("nobody", 1),
    "callOtherRender unheard": () => sy.callOtherRender("other", 1),
    "files.read handler": () => read(1),
    "files.none method": () => none(1),
    "view.show unserved": () => shown.show(1),
  });
}

function throws() {
  throw new RangeError("the handler's");
}

/** Each stack has the line of the call, the app's below it, and its own above it as it was. */
function assertStacks(t, stacks) {
  for (const [name, stack] of Object.entries(stacks)) {
    const [apiName, what] = name.split(" ");
    const call = stack.indexOf(`\n    at async ${apiName} (<anonymous>)\n`);
    t.assert.ok(call > 0, `${name}: ${stack}`);
    t.assert.ok(stack.indexOf("at theCaller ") > call, `${name}: ${stack}`);
    if (what === "handler") t.assert.match(stack, /^RangeError: the handler's\n {4}at .*throws /);
  }
}

/** In a page or in main: how many of 300 stacks have the app's line, and whether a later one has it. */
async function traces(ask) {
  const stackOf = () => ask().catch(({ stack }) => stack);
  const hasLine = (stack) => stack.includes("    at async ");
  const stacks = await Promise.all(Array.from({ length: 300 }, stackOf));
  await new Promise((resolve) => setTimeout(resolve, 1100));
  return [stacks.filter(hasLine).length, hasLine(await stackOf())];
}

/** They may be of two seconds. */
function assertSome(t, [traced, isLaterTraced]) {
  t.assert.ok(traced >= 100 && traced <= 200, `${traced}`);
  t.assert.equal(isLaterTraced, true);
}

/** A window that never handles a call. */
async function setUp(t, kind) {
  t.handle((_event, msg) => (msg === "throw" ? throws() : new Promise(() => undefined)));
  t.undos.push(sy.serve("files", { read: throws }));
  await t.open("other", kind);
  return t.open("page", kind);
}

const laws = {
  "in main, each kind of later rejection has the app's line": async (t) => {
    await setUp(t, ISOLATED);
    const page = await t.open("third");
    await page.run(() => {
      sy.onCall((_event, msg) => {
        if (msg === "throw") throw new RangeError("the page's");
        return new Promise(() => undefined);
      });
    });
    const ended = (name) => {
      const asked = sy.callRender(name, "never");
      t.until("it has come", () => sy.stats().windows[name].queued === 0).then(() =>
        setTimeout(() => sy.destroyWindow(name), 50),
      );
      return asked;
    };
    const stacks = await t.shared.stacksOf({
      "callRender unheard": () => sy.callRender("other", 1),
      "callRender error": () => sy.callRender("third", "throw"),
      "callRender time": () => sy.callRender("third", "never", { timeoutMs: 20 }),
      "view.show unserved": () => sy.connect("view", { in: "other" }).show(1),
      "files.read handler": () => sy.connect("files").read(1),
      "callRender ended": () => ended("third"),
    });
    assertStacks(t, stacks);
    t.assert.match(stacks["callRender ended"], /^Error \[ERR_TARGET_GONE]/);
  },
};

laws["in main, 100 calls of a second have the app's line"] = async (t) => {
  // Not in the second of the calls before.
  await t.sleep(1100);
  assertSome(t, await traces(() => sy.callRender("nobody", 1)));
};

for (const [name, kind] of Object.entries({ isolated: ISOLATED, "not isolated": OPEN })) {
  laws[`${name}: in a page, each kind of later rejection has the app's line`] = async (t) => {
    const page = await setUp(t, kind);
    assertStacks(t, await page.run(stacksInPage));
  };

  laws[`${name}: in a page, 100 calls of a second have the app's line`] = async (t) => {
    const page = await t.open("page", kind);
    const given = `(${traces})(() => sy.callOtherRender("nobody", 1))`;
    assertSome(t, await page.contents.executeJavaScript(given));
  };

  laws[`${name}: a page's data behind a message has one line on its console`] = async (t) => {
    const page = await t.open("page", kind);
    await page.run(() => {
      for (let i = 0; i < 2; i++) {
        sy.sendMsgToMain("channel", "data").catch(() => undefined);
        sy.sendMsgToOtherRender("page", "channel", { data: 1 });
      }
    });
    await page.says(/sendMsgToOtherRender drops .*\(windowName, \{ channel, data \}\)/);
    const lines = page.console.filter((line) => line.includes("drops what follows the message"));
    t.assert.equal(lines.length, 2, lines.join("\n"));
    t.assert.match(lines[0], /: call sendMsgToMain\(\{ channel, data \}\)$/);
  };
}

module.exports = laws;
