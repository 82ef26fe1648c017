/**
 * An AbortController for tests in main. Electron 9's Node has none; there it is as much of one as
 * libraries that bring their own have.
 */
class Signal {
  constructor() {
    this.aborted = false;
    this.reason = undefined;
    this.listeners = new Set();
  }

  addEventListener(type, listener) {
    if (type === "abort") this.listeners.add(listener);
  }

  removeEventListener(_type, listener) {
    this.listeners.delete(listener);
  }
}

/** How many listen can be seen by its `signal.listeners`. */
class OwnController {
  constructor() {
    this.signal = new Signal();
  }

  abort(reason) {
    if (this.signal.aborted) return;
    Object.assign(this.signal, { aborted: true, reason });
    for (const listener of [...this.signal.listeners]) listener({ type: "abort" });
  }
}

const hasNative = typeof AbortController === "function";
const Controller = hasNative ? AbortController : OwnController;
/** Node 16.13, which Electron 18 has, knows AbortController without them. */
const hasReasons = "reason" in new Controller().signal;

module.exports = {
  Controller,
  OwnController,
  hasNative,
  hasReasons,
};
