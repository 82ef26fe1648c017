import assert from "node:assert/strict";
import { test } from "node:test";
import { twoPages } from "./pair.mjs";
import { heldTimers, OldController } from "./signals.mjs";
import { CALLS, outcome, REQUESTS, SERVICES, slowHandler, start } from "./ways.mjs";

/** Asks somebody whose handler is at work, and looks at its signal. */
async function working(way, options) {
  const controller = new AbortController();
  const all = start(way);
  const { calls, handler } = slowHandler();
  const reasons = [];
  all.handle((event, msg) => {
    event.signal.addEventListener("abort", () => reasons.push(event.signal.reason));
    return handler(event, msg);
  });
  const asked = outcome(all.ask("question", { signal: controller.signal, ...options }));
  await all.pair.quiet();
  assert.equal(calls.length, 1);
  return { ...all, controller, asked, call: calls[0], calls, reasons };
}

for (const way of [...REQUESTS, ...SERVICES]) {
  test(`${way.way}: an abort rejects with the signal's reason itself, and aborts the handler's signal with a copy`, async () => {
    const { pair, controller, asked, call, reasons } = await working(way);
    const reason = Object.assign(new RangeError("changed my mind"), { code: "E_MINE" });
    assert.equal(call.event.signal.aborted, false);
    controller.abort(reason);
    const [settled, error] = await asked;
    assert.equal(settled, "error");
    assert.equal(error, reason);
    await pair.quiet();
    assert.equal(call.event.signal.aborted, true);
    assert.equal(reasons.length, 1);
    const [copy] = reasons;
    assert.equal(copy, call.event.signal.reason);
    assert.notEqual(copy, reason);
    assert.ok(copy instanceof RangeError);
    assert.deepEqual([copy.message, copy.code], ["changed my mind", "E_MINE"]);
  });

  test(`${way.way}: an abort without a reason is an AbortError on both sides`, async () => {
    const { pair, controller, asked, reasons } = await working(way);
    controller.abort();
    const [settled, error] = await asked;
    assert.equal(settled, "error");
    assert.equal(error, controller.signal.reason);
    assert.deepEqual([error.constructor, error.name], [DOMException, "AbortError"]);
    await pair.quiet();
    assert.equal(reasons.length, 1);
    assert.ok(reasons[0] instanceof Error);
    assert.deepEqual([reasons[0].name, reasons[0].message], [error.name, error.message]);
  });

  test(`${way.way}: the answer of a handler that was aborted goes nowhere`, async () => {
    const { pair, controller, asked, call, ask, calls } = await working(way);
    controller.abort("enough");
    const next = ask("next");
    await pair.quiet();
    call.resolve(new Uint8Array(9));
    calls[1].resolve("answer");
    assert.deepEqual(await asked, ["error", "enough"]);
    assert.equal(await next, "answer");
    await pair.quiet();
    assert.equal(pair.held(), 0);
    assert.deepEqual(pair.refused, []);
  });

  test(`${way.way}: what an aborted handler throws is nobody's`, async () => {
    const { pair, controller, asked, call } = await working(way);
    controller.abort("enough");
    await pair.quiet();
    call.reject(call.event.signal.reason);
    assert.deepEqual(await asked, ["error", "enough"]);
    await pair.quiet();
  });

  test(`${way.way}: an answer and an abort that cross settle once, by the abort`, async () => {
    const { pair, controller, asked, call } = await working(way);
    call.resolve(new Uint8Array(9));
    await Promise.resolve();
    controller.abort("enough");
    assert.deepEqual(await asked, ["error", "enough"]);
    await pair.quiet();
    assert.equal(pair.held(), 0);
    assert.deepEqual(pair.refused, []);
  });

  test(`${way.way}: an abort after the answer does nothing`, async () => {
    const { pair, controller, asked, call, ask, calls, reasons } = await working(way);
    call.resolve("answer");
    assert.deepEqual(await asked, ["answer", "answer"]);
    const { accepted } = pair.stats().total;
    controller.abort("too late");
    await pair.quiet();
    assert.equal(pair.stats().total.accepted, accepted);
    assert.equal(call.event.signal.aborted, false);
    assert.deepEqual(reasons, []);
    const next = ask("next");
    await pair.quiet();
    calls[1].resolve("and goes on");
    assert.equal(await next, "and goes on");
  });

  test(`${way.way}: a signal that is aborted already rejects, and nothing is sent`, async () => {
    const { pair, ask, handle } = start(way);
    handle(() => assert.fail("it was sent"));
    await pair.quiet();
    const before = pair.stats().total.accepted;
    const reason = { my: "reason" };
    const [settled, error] = await outcome(ask(1, { signal: AbortSignal.abort(reason) }));
    assert.deepEqual([settled, error], ["error", reason]);
    assert.equal(error, reason);
    const [, usual] = await outcome(ask(1, { signal: AbortSignal.abort() }));
    assert.equal(usual.name, "AbortError");
    await pair.quiet();
    assert.equal(pair.stats().total.accepted, before);
  });

  test(`${way.way}: a signal that is read only after the abort is aborted, with the reason`, async () => {
    const { pair, ask, handle } = start(way);
    const { calls, handler } = slowHandler();
    handle(handler);
    const controller = new AbortController();
    const asked = outcome(ask(1, { signal: controller.signal }));
    await pair.quiet();
    controller.abort({ why: "tired" });
    await asked;
    await pair.quiet();
    const { signal } = calls[0].event;
    assert.deepEqual([signal.aborted, signal.reason], [true, { why: "tired" }]);
    assert.equal(calls[0].event.signal, signal);
    assert.throws(() => signal.throwIfAborted());
  });

  test(`${way.way}: no answer within timeoutMs is ERR_TIMEOUT, and aborts the handler's signal with it`, async (t) => {
    const timers = heldTimers(t, 300);
    const { pair, asked, call, reasons } = await working(way, { timeoutMs: 300 });
    assert.equal(call.event.signal.aborted, false);
    timers.runOut();
    const [settled, error] = await asked;
    assert.equal(settled, "error");
    const message = `electron-switchyard: ${way.call}: no answer within 300 ms`;
    assert.deepEqual([error.code, error.message], ["ERR_TIMEOUT", message]);
    await pair.quiet();
    assert.equal(reasons.length, 1);
    assert.ok(reasons[0] instanceof Error);
    assert.deepEqual([reasons[0].code, reasons[0].message], ["ERR_TIMEOUT", message]);
  });

  test(`${way.way}: timeoutMs counts the wait for a handler, too`, async () => {
    const { ask } = start(way);
    await assert.rejects(ask(1, { timeoutMs: 0 }), {
      code: "ERR_TIMEOUT",
      message: `electron-switchyard: ${way.call}: no answer within 0 ms`,
    });
  });

  test(`${way.way}: an answer in time is the answer, and the time's end does nothing`, async () => {
    const { pair, ask, handle } = start(way);
    const signals = [];
    handle(({ signal }, msg) => signals.push(signal) && msg);
    assert.equal(await ask(1, { timeoutMs: 60_000 }), 1);
    const { accepted } = pair.stats().total;
    await pair.quiet();
    assert.equal(pair.stats().total.accepted, accepted);
    assert.equal(signals[0].aborted, false);
  });

  test(`${way.way}: the signal's abort wins over a later timeout, and a timeout over a later abort`, async () => {
    const first = new AbortController();
    const { pair, ask, handle } = start(way);
    const { calls, handler } = slowHandler();
    handle(handler);
    const aborted = outcome(ask(1, { signal: first.signal, timeoutMs: 60_000 }));
    first.abort("by hand");
    assert.deepEqual(await aborted, ["error", "by hand"]);
    const second = new AbortController();
    const [, error] = await outcome(ask(2, { signal: second.signal, timeoutMs: 0 }));
    second.abort("too late");
    assert.equal(error.code, "ERR_TIMEOUT");
    await pair.quiet();
    for (const { msg, event } of calls) {
      assert.equal(event.signal.aborted, true);
      assert.equal(event.signal.reason.code, msg === 2 ? "ERR_TIMEOUT" : undefined);
    }
  });

  test(`${way.way}: AbortSignal.timeout gives up with a TimeoutError`, async () => {
    const { pair, ask, handle } = start(way);
    const { calls, handler } = slowHandler();
    handle(handler);
    const [, error] = await outcome(ask(1, { signal: AbortSignal.timeout(30) }));
    assert.deepEqual([error.constructor, error.name], [DOMException, "TimeoutError"]);
    await pair.quiet();
    // A machine may be so busy that the time is over before the handler is called.
    for (const { event } of calls) assert.equal(event.signal.reason.name, "TimeoutError");
  });

  test(`${way.way}: one signal gives up all that was asked with it, and nothing else`, async () => {
    const { pair, ask, handle } = start(way);
    const { calls, handler } = slowHandler();
    handle(handler);
    const controller = new AbortController();
    const { signal } = controller;
    const given = [1, 2, 3].map((n) => outcome(ask(n, { signal })));
    const kept = ask("kept", { signal: new AbortController().signal });
    await pair.quiet();
    controller.abort("all");
    assert.deepEqual(
      await Promise.all(given),
      [1, 2, 3].map(() => ["error", "all"]),
    );
    await pair.quiet();
    for (const { msg, event, resolve } of calls) {
      assert.equal(event.signal.aborted, msg !== "kept");
      resolve(msg);
    }
    assert.equal(await kept, "kept");
  });

  test(`${way.way}: a signal without reasons, as in Chrome 83, gives up with an AbortError`, async () => {
    const controller = new OldController();
    const { pair, asked, reasons } = await working(way, { signal: controller.signal });
    controller.abort();
    const [, error] = await asked;
    await pair.quiet();
    for (const each of [error, ...reasons]) {
      assert.ok(each instanceof Error);
      assert.deepEqual(
        [each.name, each.code, each.message],
        ["AbortError", "ERR_ABORTED", "electron-switchyard: the request was aborted"],
      );
    }
    assert.equal(reasons.length, 1);
  });
}

for (const way of CALLS) {
  test(`${way.way}: a call that is given up while it waits for a handler is never delivered`, async () => {
    const { pair, ask, handle } = start(way);
    const controller = new AbortController();
    const given = outcome(ask("given up", { signal: controller.signal }));
    const late = outcome(ask("too late", { timeoutMs: 0 }));
    const kept = ask("kept");
    await pair.quiet();
    controller.abort("enough");
    assert.deepEqual(await given, ["error", "enough"]);
    assert.equal((await late)[1].code, "ERR_TIMEOUT");
    await pair.quiet();
    const got = [];
    handle((_, msg) => got.push(msg));
    await kept;
    assert.deepEqual(got, ["kept"]);
    await pair.quiet();
    assert.equal(pair.held(), 0);
  });

  test(`${way.way}: a call that is given up in the turn that made it is never delivered`, async () => {
    const { pair, ask, handle } = start(way);
    const got = [];
    handle((_, msg) => got.push(msg));
    await pair.quiet();
    const controller = new AbortController();
    const given = outcome(ask(new Uint8Array(9), { signal: controller.signal }));
    controller.abort("enough");
    assert.deepEqual(await given, ["error", "enough"]);
    await ask("next");
    assert.deepEqual(got, ["next"]);
    assert.equal(pair.held(), 0);
  });
}

test("a request to main that is given up while it waits is handled as aborted, or not at all", async () => {
  const { pair, main, a } = twoPages();
  const given = outcome(a.request("given up", { timeoutMs: 0 }));
  const kept = a.request("kept");
  assert.equal((await given)[1].code, "ERR_TIMEOUT");
  await pair.quiet();
  const { calls, handler } = slowHandler();
  main.handle(handler);
  await pair.quiet();
  for (const { msg, event, resolve } of calls) {
    assert.equal(event.signal.aborted, msg === "given up");
    resolve(msg);
  }
  assert.equal(await kept, "kept");
});

test("a request to main that is given up behind a leaving handler is handled as aborted, or not at all", async () => {
  const { pair, main, a } = twoPages();
  const undo = main.handle((_, msg) => {
    undo();
    return msg;
  });
  const controller = new AbortController();
  const first = a.request("first");
  const given = outcome(a.request("given up", { signal: controller.signal }));
  assert.equal(await first, "first");
  controller.abort("enough");
  assert.deepEqual(await given, ["error", "enough"]);
  await pair.quiet();
  const { calls, handler } = slowHandler();
  main.handle(handler);
  const next = a.request("next");
  await pair.quiet();
  for (const { msg, event, resolve } of calls) {
    assert.equal(event.signal.aborted, msg === "given up");
    resolve(msg);
  }
  assert.equal(await next, "next");
});

test("two askers of the same ids do not give each other's calls up", async () => {
  const { pair, main, a, b } = twoPages();
  const c = pair.open("c");
  const { calls, handler } = slowHandler();
  c.handle(handler);
  main.handle(handler);
  const controller = new AbortController();
  const given = outcome(a.call("c", "a", { signal: controller.signal }));
  const kept = [main.call("c", "main", {}), b.call("c", "b"), c.request("c")];
  await pair.quiet();
  assert.equal(calls.length, 4);
  controller.abort("a's own");
  assert.deepEqual(await given, ["error", "a's own"]);
  await pair.quiet();
  for (const { msg, event, resolve } of calls) {
    assert.equal(event.signal.aborted, msg === "a", msg);
    resolve(msg);
  }
  assert.deepEqual(await Promise.all(kept), ["main", "b", "c"]);
});

test("a handler passes its signal on, and what it asked is given up with it", async () => {
  const { pair, main, a, b } = twoPages();
  const { calls, handler } = slowHandler();
  main.handle(handler);
  b.handle(({ signal }, msg) => b.request(msg, { signal }));
  const controller = new AbortController();
  const asked = outcome(a.call("b", "chain", { signal: controller.signal }));
  await pair.quiet();
  controller.abort({ from: "the far end" });
  assert.deepEqual(await asked, ["error", { from: "the far end" }]);
  await pair.quiet();
  const { signal } = calls[0].event;
  assert.deepEqual([signal.aborted, signal.reason], [true, { from: "the far end" }]);
});

test("giving up a call after its window is gone, or to an unknown window, changes nothing", async () => {
  const { pair, main, a, b } = twoPages();
  const { handler } = slowHandler();
  b.handle(handler);
  for (const asker of [main, a]) {
    const controller = new AbortController();
    const { signal } = controller;
    const unknown = outcome(asker.call("nobody", 1, { signal }));
    assert.equal((await unknown)[1].code, "ERR_UNKNOWN_WINDOW");
    controller.abort();
  }
  const controller = new AbortController();
  const asked = [main, a].map((asker) => asker.call("b", 1, { signal: controller.signal }));
  await pair.quiet();
  pair.close(b);
  for (const each of asked) assert.equal((await outcome(each))[1].reason, "closed");
  controller.abort();
  await pair.quiet();
  assert.deepEqual(pair.refused, []);
});
