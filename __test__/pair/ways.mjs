// Not a test: the ways to ask, for what must hold for each of them.
import { setImmediate as turn } from "node:timers/promises";
import { twoPages } from "./pair.mjs";

/** Requests to windows. `asker`: the page that asks, if it is one. */
export const CALLS = [
  {
    way: "main to a window",
    call: "callRender",
    of: ({ main, b }) => ({ ask: asking(main, "b"), answerer: b }),
    fromMain: true,
    windowName: undefined,
  },
  {
    way: "a window to another",
    call: "callOtherRender",
    of: ({ a, b }) => ({ ask: asking(a, "b"), answerer: b, asker: a }),
    fromMain: false,
    windowName: "a",
  },
  {
    way: "a window to itself",
    call: "callOtherRender",
    of: ({ b }) => ({ ask: asking(b, "b"), answerer: b, asker: b }),
    fromMain: false,
    windowName: "b",
  },
];

/** All requests. */
export const REQUESTS = [
  ...CALLS,
  {
    way: "a window to main",
    call: "sendMsgToMain",
    of: ({ main, a }) => ({
      ask: (msg, options = {}) => a.request(msg, options),
      answerer: main,
      asker: a,
    }),
  },
];

function asking(asker, windowName) {
  return (msg, options = {}) => asker.call(windowName, msg, options);
}

/** A Pair with `ask(msg, options)`, and `handle(handler)` at the other end. */
export function start({ of }, options) {
  const two = twoPages(options);
  const ends = of(two);
  return { ...two, ...ends, handle: (handler) => ends.answerer.handle(handler) };
}

/** How a promise was settled: `["answer", value]` or `["error", reason]`; never a rejection. */
export function outcome(promise) {
  return promise.then(
    (value) => ["answer", value],
    (reason) => ["error", reason],
  );
}

/** A handler that answers when it is told to, and what it was called with. */
export function slowHandler() {
  const calls = [];
  const handler = (event, msg) =>
    new Promise((resolve, reject) => calls.push({ event, msg, resolve, reject }));
  return { calls, handler };
}

/** Waits for what must become true; the bound only ends a test that has failed. */
export async function until(holds, what = String(holds)) {
  const end = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`it never came true: ${what}`);
    await turn();
  }
}
