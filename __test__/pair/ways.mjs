// Not a test: the ways to ask, for what must hold for each of them.
import { setImmediate as turn } from "node:timers/promises";
import { twoPages } from "./pair.mjs";
import { connectFrom, serveIn } from "./service-page.mjs";

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

/** Calls of a service's method: they are requests too. */
export const SERVICES = [
  {
    way: "a window to a service of main",
    call: "s.do",
    of: ({ main, a }) => ({
      ask: invoking((options) => connectFrom(a, "s", options)),
      answerer: serving((...given) => main.services.serve(...given)),
      asker: a,
    }),
  },
  {
    way: "a window to a service of another",
    call: "s.do",
    of: ({ a, b }) => ({
      ask: invoking((options) => connectFrom(a, "s", { in: "b", ...options })),
      answerer: serving((...given) => serveIn(b, ...given)),
      asker: a,
    }),
  },
  {
    way: "main to a service of a window",
    call: "s.do",
    of: ({ main, b }) => ({
      ask: invoking((options) => main.services.connect("s", { in: "b", ...options })),
      answerer: serving((...given) => serveIn(b, ...given)),
    }),
    fromMain: true,
  },
  {
    way: "main to a service of its own",
    call: "s.do",
    of: ({ main }) => ({
      ask: invoking((options) => main.services.connect("s", options)),
      answerer: serving((...given) => main.services.serve(...given)),
    }),
    fromMain: true,
  },
];

function invoking(connect) {
  return (msg, options = {}) => connect(options).do(msg);
}

function serving(serve) {
  return {
    handle: (handler) => serve("s", (event) => ({ do: (msg) => handler(event, msg) })),
  };
}

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
