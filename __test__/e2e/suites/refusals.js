/** Values that cannot be sent, and targets that do not exist. */
const sy = require("electron-switchyard");
const { ISOLATED, KINDS } = require("../kinds");

/** `[expression, start of the message]` */
const UNCLONEABLE = [
  ["{ items: [0, 1, 2, { onClick() {} }] }", "msg.items[3].onClick is a function"],
  ["() => 0", "msg is a function"],
  ["Symbol('s')", "msg is a symbol"],
  ["{ a: { 'odd key': Symbol('s') } }", 'msg.a["odd key"] is a symbol'],
  ["new Map([['key', () => 0]])", 'msg.get("key") is a function'],
  ["new Set([1, () => 0])", "[...msg][1] is a function"],
  ["Promise.resolve()", "msg is a Promise"],
  ["{ weak: new WeakMap() }", "msg.weak is a WeakMap"],
];

function evaluated(expression) {
  return new Function(`return (${expression})`)();
}

function lawOfPages(kind) {
  return async (t) => {
    const page = await t.open("page", kind);
    for (const [expression, start] of UNCLONEABLE) {
      const calls = ["sendMsgToMain(", 'sendMsgToOtherRender("page", ', 'callOtherRender("page", '];
      for (const call of calls) {
        const error = await page.thrown(`() => void sy.${call}${expression})`);
        t.assert.equal(error.code, "ERR_NOT_CLONEABLE");
        t.assert.ok(
          error.message.startsWith(`electron-switchyard: ${start}`),
          `${error.message} starts with ${start}`,
        );
      }
    }
    t.assert.equal(sy.stats().windows.page.queued, 0);
  };
}

module.exports = {
  "what cannot be sent from main throws at the call and names the place": async (t) => {
    t.window("page");
    for (const [expression, start] of UNCLONEABLE) {
      for (const call of ["sendMsgToRender", "callRender"]) {
        const error = t.thrown(() => sy[call]("page", evaluated(expression)));
        t.assert.equal(error.code, "ERR_NOT_CLONEABLE");
        t.assert.ok(
          error.message.startsWith(`electron-switchyard: ${start}`),
          `${error.message} starts with ${start}`,
        );
      }
    }
    t.assert.equal(sy.stats().windows.page.queued, 0);
  },

  "what cannot be sent from an isolated page: the same": lawOfPages(ISOLATED),
  "what cannot be sent from a page that is not isolated: the same": lawOfPages(
    KINDS["not isolated"],
  ),

  "an unknown window throws in main, and names the windows there are": async (t) => {
    const empty = t.thrown(() => sy.sendMsgToRender("mian", 1));
    t.assert.equal(empty.code, "ERR_UNKNOWN_WINDOW");
    t.assert.match(empty.message, /not find windowInstance.*"mian"/);
    for (const name of ["main", "work"]) t.window(name);
    const { code, message } = t.thrown(() => sy.sendMsgToRender("mian", 1));
    t.assert.equal(code, "ERR_UNKNOWN_WINDOW");
    t.assert.match(message, /not find windowInstance.*"mian".*"main".*"work"/);
  },

  "an unknown window is a warning on the page's console, and main lives on": async (t) => {
    t.handle(() => "alive");
    t.window("work");
    const page = await t.open("main");
    await page.hear("other", "onMsgFromOtherRender");
    await page.run(() => {
      sy.sendMsgToOtherRender("mian", 1);
      sy.sendMsgToOtherRender("main", 2);
    });
    const line = await page.says(/"mian"/);
    t.assert.match(
      line,
      /messages to "mian" were not delivered \(1\).*not find windowInstance.*"main", "work"/,
    );
    t.assert.deepEqual(await page.hears("other", 1), [["main", "2"]]);
    t.assert.equal(await page.run(() => sy.sendMsgToMain(1)), "alive");
    t.assert.deepEqual(t.console.lines, []);
  },

  "10,000 messages to unknown windows leave main and others at work": async (t) => {
    t.handle(() => "alive");
    const page = await t.open("page");
    await page.run(() => {
      for (let n = 0; n < 10000; n++) sy.sendMsgToOtherRender(`nobody ${n}`, n);
    });
    t.assert.equal(await page.run(() => sy.sendMsgToMain(1)), "alive");
    t.assert.deepEqual(t.console.lines, []);
  },
};
