// Not a test: signals and timers, for the tests of giving up.
import { getEventListeners } from "node:events";

/** How many listen to a signal. */
export function listenersOf(signal) {
  return getEventListeners(signal, "abort").length;
}

/** Counts the timers of such a delay that run, from now to the test's end. */
export function timersOf(t, delay) {
  const running = new Set();
  const { setTimeout, clearTimeout } = globalThis;
  t.mock.method(globalThis, "setTimeout", (act, ms, ...args) => {
    const timer = setTimeout(
      (...all) => {
        running.delete(timer);
        act(...all);
      },
      ms,
      ...args,
    );
    if (ms === delay) running.add(timer);
    // One that is left fails its test; it need not keep the process, too.
    if (ms > 10_000) timer.unref();
    return timer;
  });
  t.mock.method(globalThis, "clearTimeout", (timer) => {
    running.delete(timer);
    clearTimeout(timer);
  });
  return () => running.size;
}

/** Timers of such a delay run out when they are told to, in the order in which they were set. */
export function heldTimers(t, delay) {
  const held = [];
  const { setTimeout } = globalThis;
  t.mock.method(globalThis, "setTimeout", (act, ms, ...args) => {
    if (ms !== delay) return setTimeout(act, ms, ...args);
    held.push(act);
    return undefined;
  });
  return { runOut: () => held.shift()(), count: () => held.length };
}

/** A controller as in Chrome before 98: its signal has no reason. */
export class OldController {
  signal = new OldSignal();

  abort() {
    this.signal.aborted = true;
    this.signal.dispatchEvent(new Event("abort"));
  }
}

class OldSignal extends EventTarget {
  aborted = false;
}
