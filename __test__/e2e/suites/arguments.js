/** Wrong arguments: a TypeError that names the call, the argument and what came. */
const { BrowserWindow } = require("electron");
const sy = require("electron-switchyard");
const { ISOLATED, KINDS } = require("../kinds");

/** `[call, its arguments, the argument at fault, what came as the message says it]` */
const IN_MAIN = [
  ["sendMsgToRender", [5, "msg"], "windowName", "5"],
  ["sendMsgToRender", [undefined, "msg"], "windowName", "undefined"],
  ["sendMsgToRender", ["", "msg"], "windowName", '""'],
  ["sendMsgToRender", [null, "msg"], "windowName", "null"],
  ["sendMsgToRender", [{}, "msg"], "windowName", "object"],
  ["sendMsgToRender", [["main"], "msg"], "windowName", "Array"],
  ["sendMsgToRender", [Symbol("s"), "msg"], "windowName", "Symbol(s)"],
  ["callRender", [5, "msg"], "windowName", "5"],
  ["callRender", ["", "msg"], "windowName", '""'],
  ["callRender", [{ windowName: "page" }, "msg"], "windowName", "object"],
  ["onUndeliverable", [], "callback", "undefined"],
  ["onUndeliverable", ["page"], "callback", '"page"'],
  ["onMsgFromRender", [], "callback", "undefined"],
  ["onMsgFromRender", ["channel"], "callback", '"channel"'],
  ["onMsgFromRender", [{}], "callback", "object"],
  ["createWindow", [], "name", "undefined"],
  ["createWindow", [{ show: false }], "name", "object"],
  ["createWindow", [""], "name", '""'],
  ["getWindow", [], "name", "undefined"],
  ["getWindow", [1], "name", "1"],
  ["getContents", [], "name", "undefined"],
  ["hasWindow", [null], "name", "null"],
  ["destroyWindow", [3], "name", "3"],
  ["destroyWindow", [() => 0], "name", "function"],
  ["showWindow", [null], "name", "null"],
  ["showWindow", [""], "name", '""'],
  ["registerWindow", [5, {}], "name", "5"],
  ["registerWindow", ["name"], "window", "undefined"],
  ["registerWindow", ["name", null], "window", "null"],
  ["registerWindow", ["name", {}], "window", "object"],
  ["registerWindow", ["name", "window"], "window", '"window"'],
  ["unregisterWindow", [], "name", "undefined"],
  ["unregisterWindow", [false], "name", "false"],
  ["initIpc", [null], "options", "null"],
  ["initIpc", ["reject"], "options", '"reject"'],
  ["initIpc", [() => 0], "options", "function"],
];

/** The same in a page; arguments as source text. */
const IN_PAGE = [
  ["sendMsgToOtherRender", "5, 'msg'", "windowName", "5"],
  ["sendMsgToOtherRender", "undefined, 'msg'", "windowName", "undefined"],
  ["sendMsgToOtherRender", "'', 'msg'", "windowName", '""'],
  ["sendMsgToOtherRender", "{ name: 'page' }, 'msg'", "windowName", "object"],
  ["callOtherRender", "5, 'msg'", "windowName", "5"],
  ["callOtherRender", "'', 'msg'", "windowName", '""'],
  ["callOtherRender", "", "windowName", "undefined"],
  ["onCall", "", "callback", "undefined"],
  ["onCall", "'channel', () => 0", "callback", '"channel"'],
  ["onUndeliverable", "null", "callback", "null"],
  ["onMsgFromMain", "", "callback", "undefined"],
  ["onMsgFromMain", "'channel'", "callback", '"channel"'],
  ["offMsgFromMain", "undefined", "callback", "undefined"],
  ["onMsgFromOtherRender", "null", "callback", "null"],
  ["onMsgFormOtherRender", "{}", "callback", "object"],
  ["offMsgFromOtherRender", "1n", "callback", "1"],
];

function checkError(t, error, [call, given, argument, came]) {
  const shown = `${call}(${Array.isArray(given) ? given.map(String) : given})`;
  t.assert.equal(error.code, "ERR_INVALID_ARG_TYPE", shown);
  for (const part of [call, argument, came]) {
    t.assert.ok(error.message.includes(part), `${shown}: "${error.message}" names ${part}`);
  }
}

function lawOfPages(kind) {
  return async (t) => {
    const page = await t.open("page", kind);
    for (const row of IN_PAGE) {
      const [call, given] = row;
      const error = await page.thrown(`() => void sy.${call}(${given})`);
      checkError(t, error, row);
      t.assert.equal(error.isTypeError, true, call);
    }
  };
}

/** Names that no window can have, of a few bytes too many and of megabytes. */
function lawOfNames(kind) {
  return async (t) => {
    t.handle((_event, msg) => msg);
    const page = await t.open("page", kind);
    for (const length of [1025, 2 ** 20, 3 * 2 ** 20]) {
      for (const call of ["sendMsgToOtherRender", "callOtherRender"]) {
        const error = await page.thrown(`() => void sy.${call}("x".repeat(${length}), 1)`);
        t.assert.equal(error.code, "ERR_INVALID_OPTION");
        t.assert.match(error.message, /windowName must be up to 1024 bytes, and is "x{100}"$/);
      }
    }
    // In bytes too long for a window, and short enough to be asked for.
    const ask = () => sy.callOtherRender("\u65e5".repeat(1024), 1);
    t.assert.equal((await page.thrown(ask)).code, "ERR_UNKNOWN_WINDOW");
    t.assert.equal(await page.run(() => sy.sendMsgToMain("alive")), "alive");
  };
}

module.exports = {
  "wrong arguments in main: a TypeError names the call, the argument and what came": async (t) => {
    for (const row of IN_MAIN) {
      const [call, given] = row;
      const error = t.thrown(() => sy[call](...given));
      checkError(t, error, row);
      t.assert.ok(error instanceof TypeError, call);
    }
    t.assert.deepEqual(sy.getAllWindows(), []);
    t.assert.equal(BrowserWindow.getAllWindows().length, 0);
  },

  "wrong arguments in an isolated page: the same": lawOfPages(ISOLATED),
  "wrong arguments in a page with node: the same": lawOfPages(
    KINDS["with node, package required, no preload"],
  ),

  "a name that is too long, in an isolated page: an error at the call": lawOfNames(ISOLATED),
  "a name that is too long, in a page without isolation: the same": lawOfNames(
    KINDS["not isolated, sandboxed"],
  ),

  "wrong arguments of window.electronProkit say what is wrong": async (t) => {
    const page = await t.open("page");
    const errors = [
      [await page.thrown(() => electronProkit.onMsgFromMain("x")), /callback.*a function.*"x"/],
      [await page.thrown(() => electronProkit.onRenderMsgToRender()), /callback.*a function/],
      [await page.thrown(() => electronProkit.renderMsgToRender(5, 1)), /windowName.*string.*5/],
    ];
    for (const [error, pattern] of errors) t.assert.match(error.message, pattern);
  },
};
