const { BrowserWindow } = require("electron");
const assert = require("./assert");
const { path } = require("./node");
const sy = require("electron-switchyard");
const { hearConsole } = require("./console");
const { ISOLATED } = require("./kinds");
const { Page } = require("./page");
const { sleep, until } = require("./time");
require("./pages/shared");

/** What a test has at hand; all that it set up goes away when it leaves. */
class Stage {
  constructor() {
    this.assert = assert;
    this.shared = globalThis.shared;
    this.sleep = sleep;
    this.until = until;
    this.undos = [];
    this.pages = [];
    this.console = hearConsole();
  }

  /** A named window of a kind, not loaded yet. */
  window(name, kind = ISOLATED) {
    return this.page(sy.createWindow(name, { show: false, ...kind.options() }), kind);
  }

  /** A window that the package was not told of. */
  unnamedWindow(kind = ISOLATED) {
    return this.page(new BrowserWindow({ show: false, ...kind.options() }), kind);
  }

  /** A named window with its page loaded. */
  async open(name, kind = ISOLATED, file = kind.file) {
    const page = this.window(name, kind);
    await page.load(file);
    return page;
  }

  page(window, kind = ISOLATED) {
    const page = new Page(window, kind);
    this.pages.push(page);
    return page;
  }

  /** Handles what pages send to main, for the time of the test. */
  handle(handler) {
    const undo = sy.onMsgFromRender(handler);
    this.undos.push(undo);
    return undo;
  }

  /** Takes all handlers away. */
  unhandle() {
    for (const undo of this.undos.splice(0)) undo();
  }

  /** Collects what pages send to main. */
  inbox() {
    const messages = [];
    this.handle((event, msg) => {
      messages.push({ from: event.windowName, msg });
    });
    return messages;
  }

  preload(file) {
    return path.join(__dirname, "built", file);
  }

  /** The error that a call throws. */
  thrown(call) {
    try {
      call();
    } catch (error) {
      return error;
    }
    throw new assert.AssertionError({ message: `nothing was thrown by ${call}` });
  }

  lines() {
    const pages = this.pages.map((page) => page.console.map((line) => `  page: ${line}`));
    return [...this.console.lines.map((line) => `  main: ${line}`), ...[].concat(...pages)];
  }

  async leave() {
    this.unhandle();
    sy.clearWindows();
    for (const window of BrowserWindow.getAllWindows()) window.destroy();
    // Late errors still belong to this test.
    await sleep(15);
    this.console.undo();
  }
}

module.exports = { Stage };
