const { BrowserWindow } = require("electron");
const { path } = require("./node");
const sy = require("electron-switchyard");
const { ISOLATED } = require("./kinds");
const { Page } = require("./page");
const { StageBase } = require("./stage-base");
const { sleep } = require("./time");

/** The stage in real windows; all that a test set up goes away when it leaves. */
class Stage extends StageBase {
  constructor() {
    super(sy.onMsgFromRender);
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

  preload(file) {
    return path.join(__dirname, "built", file);
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
