const { getWindow } = require("electron-switchyard");
const { inTime } = require("./in-time");

/**
 * A window's page as the tour drives it. It does so from outside, not through the package: a
 * message that does not arrive is then not taken for a call that was not made.
 */
class Page {
  constructor(name) {
    this.name = name;
  }

  /** Makes a call of the page. Returns, as text, its result or error. */
  run(call, ...args) {
    const list = [call, ...args].map((each) => JSON.stringify(each));
    return this.evaluate(`the end of ${call}`, `demo.run(${list})`);
  }

  /** What a listener got first, or will get. */
  next(listener) {
    return this.evaluate(`a message for ${listener}`, `demo.next(${JSON.stringify(listener)})`);
  }

  count(listener) {
    return this.evaluate("a count", `demo.count(${JSON.stringify(listener)})`);
  }

  clear() {
    return this.evaluate("the page", "demo.clear()");
  }

  evaluate(what, code) {
    const { webContents } = getWindow(this.name);
    return inTime(`window ${this.name}: ${what}`, webContents.executeJavaScript(code));
  }
}

exports.Page = Page;
