/** Main ends requests in time, though a page's timers may be late or never fire. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { pageEnd } from "./page-end.mjs";
import { twoPages } from "./pair.mjs";
import { sleepingPages, timersOf } from "./signals.mjs";
import { outcome, REQUESTS, SERVICES, slowHandler, start, until } from "./ways.mjs";

/** In ms. No time is measured: what main does not end in time waits for ever in a page that sleeps. */
const SHORT = 30;
const LONG = 3_456_789;

const FROM_PAGES = [...REQUESTS, ...SERVICES].filter(({ fromMain }) => !fromMain);

for (const way of FROM_PAGES) {
  test(`${way.way}: a page whose timers never fire gets ERR_TIMEOUT, and the handler's signal is aborted with it`, async (t) => {
    sleepingPages(t);
    const { pair, ask, handle } = start(way);
    const { calls, handler } = slowHandler();
    handle(handler);
    const [settled, error] = await outcome(ask("never", { timeoutMs: SHORT }));
    assert.equal(settled, "error");
    assert.ok(error instanceof Error);
    const message = `electron-switchyard: ${way.call}: no answer within ${SHORT} ms`;
    assert.deepEqual([error.code, error.message], ["ERR_TIMEOUT", message]);
    await until(() => calls[0].event.signal.aborted);
    const { reason } = calls[0].event.signal;
    assert.deepEqual([reason.code, reason.message], ["ERR_TIMEOUT", message]);
    // Its answer is nobody's.
    calls[0].resolve("too late");
    await pair.quiet();
    assert.deepEqual([pair.refused, pair.held()], [[], 0]);
  });

  test(`${way.way}: in such a page an answer in time is the answer, and nothing is left to wait for`, async (t) => {
    const timers = timersOf(t, LONG);
    sleepingPages(t);
    const { pair, ask, handle } = start(way);
    handle((_, msg) => msg);
    for (const n of [1, 2, 3]) assert.equal(await ask(n, { timeoutMs: LONG }), n);
    const { calls, handler } = slowHandler();
    handle(handler);
    await pair.quiet();
    assert.equal(timers(), 0);
    assert.equal(calls.length, 0);
  });

  test(`${way.way}: in such a page the wait for a handler counts, and what waited is not handled later, or as aborted`, async (t) => {
    sleepingPages(t);
    const { pair, ask, handle } = start(way);
    const late = outcome(ask("late", { timeoutMs: SHORT }));
    const kept = ask("kept");
    assert.equal((await late)[1].code, "ERR_TIMEOUT");
    const { calls, handler } = slowHandler();
    handle(handler);
    await pair.quiet();
    for (const { msg, event, resolve } of calls) {
      assert.equal(event.signal.aborted, msg === "late");
      resolve(msg);
    }
    assert.equal(await kept, "kept");
  });

  test(`${way.way}: each of many requests ends at its own time, whatever the order, and the others go on`, async (t) => {
    sleepingPages(t);
    const { pair, ask, handle } = start(way);
    const { calls, handler } = slowHandler();
    handle(handler);
    const ended = [];
    const limits = [90, 30, LONG, 60, 30, undefined];
    const asked = limits.map((timeoutMs, i) => {
      const outcomeOf = outcome(ask(i, { timeoutMs }));
      outcomeOf.then(([, error]) => error?.code === "ERR_TIMEOUT" && ended.push(i));
      return outcomeOf;
    });
    await until(() => ended.length === 4);
    assert.deepEqual(ended, [1, 4, 3, 0]);
    for (const { msg, resolve } of calls) resolve(`answer ${msg}`);
    assert.deepEqual(await asked[2], ["answer", "answer 2"]);
    assert.deepEqual(await asked[5], ["answer", "answer 5"]);
    await pair.quiet();
  });

  for (const how of ["end", "close"]) {
    test(`${way.way}: the ${how} of the asker's page leaves main no timer`, async (t) => {
      const timers = timersOf(t, LONG);
      sleepingPages(t);
      const { pair, ask, asker, handle } = start(way);
      handle(slowHandler().handler);
      outcome(ask(1, { timeoutMs: LONG }));
      await pair.quiet();
      assert.equal(timers(), 1);
      pair[how](asker);
      await pair.quiet();
      assert.equal(timers(), 0);
    });
  }

  test(`${way.way}: a request without timeoutMs is as short as it was, and main has no timer for it`, async (t) => {
    const timers = t.mock.method(globalThis, "setTimeout");
    const { pair, ask, handle } = start(way);
    handle((_, msg) => msg);
    await pair.quiet();
    const before = timers.mock.callCount();
    assert.equal(await ask(1), 1);
    await pair.quiet();
    assert.equal(timers.mock.callCount(), before);
  });
}

test("main has one timer, whatever number of requests wait", async (t) => {
  const timers = timersOf(t, LONG);
  sleepingPages(t);
  const { pair, main, a, b } = twoPages();
  const { calls, handler } = slowHandler();
  main.handle(handler);
  b.handle(handler);
  const asked = [];
  for (let n = 0; n < 500; n++) {
    asked.push(a.request(n, { timeoutMs: LONG }), a.call("b", n, { timeoutMs: LONG }));
  }
  await pair.quiet();
  assert.equal(timers(), 1);
  for (const { msg, resolve } of calls) resolve(msg);
  await Promise.all(asked);
  await pair.quiet();
  assert.equal(timers(), 0);
});

test("a page cannot end what another asks, nor have more timers than requests: forged limits change nothing", async (t) => {
  sleepingPages(t);
  const { pair, main, a, b } = twoPages();
  const { calls, handler } = slowHandler();
  main.handle(handler);
  const asked = a.request("honest", {});
  await pair.quiet();
  // The same id, from another page: its own request.
  pair.up(b, 0, "[[1,[1,0],0,7],[1,[1,5],0,8]]");
  const bad = ["-1", "2147483648", "1.5", "1e3", '"1"', "null", "[1]", "9007199254740993"];
  for (const ms of bad) {
    pair.up(b, 0, `[[1,[9,${ms}],0,1]]`);
    pair.up(b, 0, `[[7,[[9,${ms}],"a"],0,1]]`);
  }
  pair.up(b, 0, "[[1,[9],0,1]]");
  pair.up(b, 0, "[[1,[9,1,1],0,1]]");
  pair.up(b, 0, "[[1,[[9,1],1],0,1]]");
  await pair.quiet();
  assert.equal(pair.refused.length, 2 * bad.length + 3);
  for (const { code } of pair.refused) assert.equal(code, "ERR_BAD_PACKET");
  assert.deepEqual(
    calls.map(({ msg }) => msg),
    ["honest", 7],
  );
  await until(() => calls[1].event.signal.aborted);
  assert.equal(calls[0].event.signal.aborted, false);
  calls[0].resolve("answer");
  assert.equal(await asked, "answer");
});

test("the time of a request that waits for main's answer to the hello begins at the call", async (t) => {
  let now = 1_000;
  t.mock.method(performance, "now", () => now);
  const { end, posted, hear } = pageEnd();
  const text = '[1,[5,200],0,"quoted \\" [7,[[1,2],"';
  const options = { timeoutMs: LONG };
  outcome(end.request(text, options));
  outcome(end.call("w,[1]", { text }, options));
  outcome(end.request("no limit", {}));
  end.send("w", [1, [2, 3]]);
  await undefined;
  now += 400;
  outcome(end.call("w", 2, { timeoutMs: 2 ** 31 - 1 }));
  outcome(end.call("w", 3, {}));
  await undefined;
  now += 100.5;
  hear(0);
  const sent = posted.flatMap((message) => JSON.parse([message].flat()[0]));
  assert.deepEqual(sent, [
    [1, [1, LONG - 500], 0, text],
    [7, [[2, LONG - 500], "w,[1]"], 0, { text }],
    [1, 3, 0, "no limit"],
    [2, "w", 0, [1, [2, 3]]],
    [7, [[4, 2 ** 31 - 101], "w"], 0, 2],
    [7, [5, "w"], 0, 3],
  ]);
  outcome(end.request(6, { timeoutMs: LONG }));
  await undefined;
  assert.deepEqual(JSON.parse(posted.at(-1)), [[1, [6, LONG], 0, 6]]);
});
