import assert from "node:assert/strict";
import { setMaxListeners } from "node:events";
import { test } from "node:test";
import { listenersOf, timersOf } from "./signals.mjs";
import { CALLS, outcome, REQUESTS, SERVICES, slowHandler, start } from "./ways.mjs";

/** In ms: no test lasts so long. */
const LONG = 600_000;

/** What settles a request whose handler is at work. */
const ENDS = {
  "an answer": ({ calls }) => calls[0].resolve(1),
  "an error": ({ calls }) => calls[0].reject(new Error("x")),
  "an answer that cannot be sent": ({ calls }) => calls[0].resolve(() => 1),
  "an abort": ({ controller }) => controller.abort("enough"),
};

/** Asks with a signal and a timeout, and settles it. */
async function assertClean(t, way, end) {
  const timers = timersOf(t, LONG);
  const all = start(way);
  const { calls, handler } = slowHandler();
  all.handle(handler);
  await all.pair.quiet();
  const controller = new AbortController();
  const { signal } = controller;
  const asked = outcome(all.ask(1, { signal, timeoutMs: LONG }));
  assert.deepEqual([listenersOf(signal), timers()], [1, 1]);
  await all.pair.quiet();
  end({ ...all, calls, controller });
  await asked;
  assert.equal(listenersOf(signal), 0);
  // Main has one for a page's request, until it hears that this has ended.
  await all.pair.quiet();
  assert.equal(timers(), 0);
}

for (const way of [...REQUESTS, ...SERVICES]) {
  for (const [name, end] of Object.entries(ENDS)) {
    test(`${way.way}: ${name} leaves no listener and no timer`, async (t) => {
      await assertClean(t, way, end);
    });
  }

  test(`${way.way}: a timeout leaves no listener and no timer`, async (t) => {
    const timers = timersOf(t, 5);
    const { ask, handle, pair } = start(way);
    handle(slowHandler().handler);
    await pair.quiet();
    const { signal } = new AbortController();
    const asked = outcome(ask(1, { signal, timeoutMs: 5 }));
    assert.deepEqual([listenersOf(signal), timers()], [1, 1]);
    assert.equal((await asked)[1].code, "ERR_TIMEOUT");
    assert.equal(listenersOf(signal), 0);
    await pair.quiet();
    assert.equal(timers(), 0);
  });

  test(`${way.way}: neither a signal that is aborted already nor a bad option leaves anything`, async (t) => {
    const timers = timersOf(t, LONG);
    const { ask } = start(way);
    const signal = AbortSignal.abort();
    await outcome(ask(1, { signal, timeoutMs: LONG }));
    assert.deepEqual([listenersOf(signal), timers()], [0, 0]);
    const fresh = new AbortController().signal;
    assert.throws(() => ask(1, { signal: fresh, timeoutMs: -1 }));
    // A call of a service rejects, and all others throw.
    await assert.rejects(async () => ask(() => 1, { signal: fresh, timeoutMs: LONG }));
    assert.deepEqual([listenersOf(fresh), timers()], [0, 0]);
  });

  test(`${way.way}: many requests with one signal leave no listener on it`, async () => {
    const { ask, handle } = start(way);
    handle((_, msg) => msg);
    const { signal } = new AbortController();
    // Chrome, where pages live, does not warn as Node does.
    if (!way.fromMain) setMaxListeners(0, signal);
    await Promise.all(Array.from({ length: 50 }, (_, i) => ask(i, { signal })));
    assert.equal(listenersOf(signal), 0);
  });

  test(`${way.way}: a handler's signal that nobody asked for costs no controller`, async (t) => {
    const made = t.mock.method(globalThis, "AbortController");
    const { ask, handle } = start(way);
    handle((_, msg) => msg);
    for (const n of [1, 2, 3]) assert.equal(await ask(n), n);
    assert.equal(made.mock.callCount(), 0);
  });
}

for (const way of CALLS) {
  test(`${way.way}: a rejection by the router leaves no listener and no timer`, async (t) => {
    t.mock.method(console, "warn", () => undefined);
    const { pair, main, ask } = start(way, { limits: { maxQueueRecords: 1 } });
    main.send("b", "fills the queue");
    const timers = timersOf(t, LONG);
    const { signal } = new AbortController();
    const options = { signal, timeoutMs: LONG };
    assert.equal((await outcome(ask(1, options)))[1].code, "ERR_QUEUE_FULL");
    pair.unregister("b");
    assert.equal((await outcome(ask(1, options)))[1].code, "ERR_UNKNOWN_WINDOW");
    assert.deepEqual([listenersOf(signal), timers()], [0, 0]);
  });
}

for (const way of CALLS.filter(({ way: name }) => name !== "a window to itself")) {
  for (const gone of ["reload", "end", "close"]) {
    test(`${way.way}: the target's ${gone} leaves no listener and no timer`, async (t) => {
      await assertClean(t, way, ({ pair, b }) => pair[gone](b));
    });
  }
}

test("main's calls with one signal share a listener, whoever of them is settled, and Node warns of none", async (t) => {
  const warnings = [];
  const warn = (warning) => warnings.push(warning.message);
  process.on("warning", warn);
  t.after(() => process.off("warning", warn));
  const { pair, ask, handle } = start(CALLS[0]);
  const { calls, handler } = slowHandler();
  handle(handler);
  const controller = new AbortController();
  const { signal } = controller;
  const asked = Array.from({ length: 50 }, (_, i) => outcome(ask(i, { signal })));
  await pair.quiet();
  assert.equal(listenersOf(signal), 1);
  for (const { msg, resolve } of calls) if (msg % 2 === 0) resolve(msg);
  await asked[48];
  assert.equal(listenersOf(signal), 1);
  const other = new AbortController();
  const kept = ask("another signal's", { signal: other.signal });
  controller.abort("enough");
  assert.deepEqual(
    await Promise.all(asked),
    asked.map((_, i) => (i % 2 === 0 ? ["answer", i] : ["error", "enough"])),
  );
  assert.deepEqual([listenersOf(signal), listenersOf(other.signal)], [0, 1]);
  await pair.quiet();
  calls[50].resolve("kept");
  assert.equal(await kept, "kept");
  await new Promise(setImmediate);
  assert.deepEqual(warnings, []);
});

test("a signal whose calls were all settled serves for further calls", async () => {
  const { ask, handle } = start(CALLS[0]);
  handle((_, msg) => msg ?? new Promise(() => undefined));
  const controller = new AbortController();
  const { signal } = controller;
  for (const n of [1, 2, 3]) {
    assert.equal(await ask(n, { signal }), n);
    assert.equal(listenersOf(signal), 0);
  }
  const asked = outcome(ask(undefined, { signal }));
  controller.abort("enough");
  assert.deepEqual(await asked, ["error", "enough"]);
  assert.equal(listenersOf(signal), 0);
});
