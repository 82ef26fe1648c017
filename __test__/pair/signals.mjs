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

/**
 * From now to the test's end, the timers that pages set never fire: those of hidden windows may be a
 * minute late. Main's do.
 */
export function sleepingPages(t) {
  const { setTimeout } = globalThis;
  // Main's timer keeps no process, and the test is to go on.
  const process = setInterval(() => undefined, 1_000);
  t.after(() => clearInterval(process));
  t.mock.method(globalThis, "setTimeout", (act, ms, ...args) => {
    // Both ends are in one bundle; only pages ask with options that have a time limit.
    const ofPage = /\bOutgoingRequests\._?(watch|start)\b/.test(new Error("who sets it").stack);
    return ofPage ? undefined : setTimeout(act, ms, ...args);
  });
}

/** Timers of such a delay run out when they are told to, in the order in which they were set. */
export function heldTimers(t, delay) {
  const held = [];
  const { setTimeout } = globalThis;
  t.mock.method(globalThis, "setTimeout", (act, ms, ...args) => {
    if (ms !== delay) return setTimeout(act, ms, ...args);
    held.push(act);
    return { unref: () => undefined };
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
