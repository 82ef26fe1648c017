const assert = require("./assert");
const { hearConsole } = require("./console");
const { sleep, until } = require("./time");
require("./pages/shared");

/** What a test has at hand in real windows and in a testApp alike. */
class StageBase {
  /** Adds a handler of the main process. */
  constructor(onMsgFromRender) {
    this.onMsgFromRender = onMsgFromRender;
    this.assert = assert;
    this.shared = globalThis.shared;
    this.sleep = sleep;
    this.until = until;
    this.undos = [];
    this.pages = [];
    this.console = hearConsole();
  }

  /** Handles what pages send to main, for the time of the test. */
  handle(handler) {
    const undo = this.onMsgFromRender(handler);
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

  /** The error that a call throws. */
  thrown(call) {
    try {
      call();
    } catch (error) {
      return error;
    }
    throw new assert.AssertionError({ message: `nothing was thrown by ${call}` });
  }
}

module.exports = { StageBase };
