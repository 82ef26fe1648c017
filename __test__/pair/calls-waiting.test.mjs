import assert from "node:assert/strict";
import { test } from "node:test";
import { Lane } from "./bundle.mjs";
import { Pair, twoPages } from "./pair.mjs";
import { heldTimers } from "./signals.mjs";
import { CALLS, outcome, slowHandler, start } from "./ways.mjs";

const WAIT = 40;

for (const way of CALLS) {
  test(`${way.way}: calls wait for the first handler, in order, and are then answered`, async () => {
    const { pair, ask, handle } = start(way);
    const asked = [1, 2, 3].map((n) => ask(n));
    await pair.quiet();
    const got = [];
    handle((_, msg) => got.push(msg) && -msg);
    assert.deepEqual(await Promise.all(asked), [-1, -2, -3]);
    assert.deepEqual(got, [1, 2, 3]);
  });

  test(`${way.way}: bytes of a call that waits are held, and free once it is handled`, async () => {
    const { pair, ask, handle } = start(way);
    const asked = ask(new Uint8Array([5]));
    await pair.quiet();
    assert.equal(pair.held(), 1);
    handle((_, msg) => msg);
    assert.deepEqual(await asked, new Uint8Array([5]));
    await pair.quiet();
    assert.equal(pair.held(), 0);
  });

  test(`${way.way}: a call that finds no handler is ERR_NO_HANDLER, and says how long it waited`, async () => {
    const { pair, ask } = start(way, { handlerWaitMs: WAIT });
    await assert.rejects(ask(new Uint8Array(9)), {
      code: "ERR_NO_HANDLER",
      message: `electron-switchyard: ${way.call}: no onCall handler was registered in window "b" within ${WAIT} ms (handlerWaitMs)`,
    });
    assert.equal(pair.router.hasPendingRequests(), false);
  });

  test(`${way.way}: a handler that comes in time may take its time, and nothing is given up`, async (t) => {
    const timers = heldTimers(t, WAIT);
    const { pair, ask, handle } = start(way, { handlerWaitMs: WAIT });
    const { calls, handler } = slowHandler();
    const asked = ask(1);
    await pair.quiet();
    handle(handler);
    await pair.quiet();
    while (timers.count() > 0) timers.runOut();
    await pair.quiet();
    calls[0].resolve("in time");
    assert.equal(await asked, "in time");
  });

  test(`${way.way}: a call that was given up is not delivered to a later handler`, async () => {
    const { pair, ask, handle } = start(way, { handlerWaitMs: 0 });
    await assert.rejects(ask("too early"), { code: "ERR_NO_HANDLER" });
    const got = [];
    handle((_, msg) => got.push(msg));
    await pair.quiet();
    await ask("now");
    assert.deepEqual(got, ["now"]);
  });

  test(`${way.way}: a call that was given up leaves no bytes and no place in the queue taken`, async () => {
    const { pair, ask } = start(way, { handlerWaitMs: 0, limits: { maxQueueRecords: 2 } });
    for (let i = 0; i < 5; i++) {
      await assert.rejects(ask(new Uint8Array(9)), { code: "ERR_NO_HANDLER" });
    }
    await pair.quiet();
    assert.equal(pair.stats().windows.b.queued, 0);
    assert.equal(pair.held(), 0);
  });

  test(`${way.way}: a call that its asker gave up leaves no bytes and no place in the queue taken`, async () => {
    const { pair, ask } = start(way, { limits: { maxQueueRecords: 2 } });
    for (let i = 0; i < 5; i++) {
      await assert.rejects(ask(new Uint8Array(9), { timeoutMs: 0 }), { code: "ERR_TIMEOUT" });
      await pair.quiet();
    }
    assert.equal(pair.stats().windows.b.queued, 0);
    assert.equal(pair.held(), 0);
  });

  for (const overflow of ["reject", "drop-oldest", "drop-newest"]) {
    test(`${way.way}: under ${overflow}, a call to a full queue rejects and the others are answered`, async () => {
      const { pair, ask, handle } = start(way, { limits: { maxQueueRecords: 2, overflow } });
      const asked = [1, 2, 3].map((n) => outcome(ask(n)));
      await pair.quiet();
      handle((_, msg) => msg);
      const [first, second, [settled, error]] = await Promise.all(asked);
      assert.deepEqual(
        [first, second],
        [
          ["answer", 1],
          ["answer", 2],
        ],
      );
      assert.deepEqual([settled, error.code], ["error", "ERR_QUEUE_FULL"]);
      assert.match(error.message, /window "b" is full: 2 messages/);
    });
  }
}

/** How the page that did not handle goes, and what comes in its place. */
const TURNOVERS = {
  "a reload": (pair, page) => pair.reload(page),
  "a crash and a reload": (pair, page) => {
    pair.end(page, true);
    return pair.load(page.contents, page.name);
  },
  "two reloads": (pair, page) => pair.reload(pair.reload(page)),
};

for (const [name, turnOver] of Object.entries(TURNOVERS)) {
  test(`calls that wait survive ${name} of their window, in order, with their bytes`, async () => {
    const { pair, main, a, b } = twoPages();
    const asked = [main.call("b", [1, new Uint8Array([1])], {}), a.call("b", [2])];
    await pair.quiet();
    const next = turnOver(pair, b);
    asked.push(main.call("b", [3], {}), a.call("b", [4]));
    await pair.quiet();
    const got = [];
    next.handle((_, msg) => got.push(msg[0]) && msg);
    assert.deepEqual(await Promise.all(asked), [[1, new Uint8Array([1])], [2], [3], [4]]);
    assert.deepEqual(got, [1, 2, 3, 4]);
    await pair.quiet();
    assert.equal(pair.held(), 0);
  });
}

test("a call to a window that has no page yet waits for its page", async () => {
  const { pair, main, a } = twoPages();
  pair.router.nameWindow("late", 77);
  const asked = [main.call("late", 1, {}), a.call("late", 2)];
  await pair.quiet();
  pair.load(77, "late").handle((_, msg) => -msg);
  assert.deepEqual(await Promise.all(asked), [-1, -2]);
});

test("each call waits its own time: a later one is not given up with an earlier one", async (t) => {
  const timers = heldTimers(t, WAIT);
  const { pair, main, b } = twoPages({ handlerWaitMs: WAIT });
  const early = outcome(main.call("b", "early", {}));
  await pair.quiet();
  const late = main.call("b", "late", {});
  await pair.quiet();
  assert.equal(timers.count(), 2);
  timers.runOut();
  assert.equal((await early)[1].code, "ERR_NO_HANDLER");
  b.handle((_, msg) => msg);
  assert.equal(await late, "late");
});

test("waits for windows and for main end apart from each other, whoever asked first", async () => {
  const { main, a, b } = twoPages({ handlerWaitMs: WAIT });
  const asked = [a.request(1), main.call("b", 2, {}), a.call("b", 3), b.request(4)];
  const errors = (await Promise.all(asked.map(outcome))).map(([, error]) => error.message);
  assert.deepEqual(errors, [
    `electron-switchyard: sendMsgToMain: no onMsgFromRender handler was registered in main within ${WAIT} ms (handlerWaitMs)`,
    `electron-switchyard: callRender: no onCall handler was registered in window "b" within ${WAIT} ms (handlerWaitMs)`,
    `electron-switchyard: callOtherRender: no onCall handler was registered in window "b" within ${WAIT} ms (handlerWaitMs)`,
    `electron-switchyard: sendMsgToMain: no onMsgFromRender handler was registered in main within ${WAIT} ms (handlerWaitMs)`,
  ]);
});

test("calls that come after the last handler left wait for the next one", async () => {
  const { pair, main, b } = twoPages();
  const undo = b.handle(() => "old");
  assert.equal(await main.call("b", 1, {}), "old");
  undo();
  await pair.quiet();
  const asked = main.call("b", 2, {});
  await pair.quiet();
  b.handle(() => "new");
  assert.equal(await asked, "new");
});

test("a handler that comes, leaves and comes back in one turn loses no call", async () => {
  const { pair, main, b } = twoPages();
  b.handle(() => "first")();
  b.handle(() => "second");
  await pair.quiet();
  assert.equal(await main.call("b", 1, {}), "second");
});

test("calls that the leaving world did not get go to the world that still handles", async () => {
  const { pair, main, b } = twoPages();
  const page = pair.load(b.contents, "b", b.link + 1);
  b.handle((_, msg) => `preload ${msg}`);
  const undo = page.handle((_, msg) => `page ${msg}`);
  await pair.quiet();
  // Nothing leaves the router: the calls are in the page's queue when its handler leaves.
  pair.router.pauseWindow(b.contents, true);
  const asked = [1, 2].map((n) => main.call("b", n, {}));
  undo();
  await pair.quiet();
  pair.router.pauseWindow(b.contents, false);
  main.flushSoon();
  assert.deepEqual(await Promise.all(asked), ["preload 1", "preload 2"]);
});

test("handlers of messages are no handlers of calls", async () => {
  const { pair, main, b } = twoPages({ handlerWaitMs: 0 });
  const inboxes = [b.inbox(Lane.FromMain), b.inbox(Lane.FromOther)];
  await pair.quiet();
  await assert.rejects(main.call("b", 1, {}), { code: "ERR_NO_HANDLER" });
  assert.deepEqual(inboxes, [[], []]);
});

test("a window that resolveWindow finds is called, and asked for once", async () => {
  const names = [];
  const resolve = (unknown, pair) => {
    names.push(unknown);
    if (unknown.includes("late")) pair.open("late").handle((_, msg) => -msg);
  };
  const { a } = twoPages({ resolve });
  const asked = [a.call("late", 1), a.call("late", 2), outcome(a.call("never", 3))];
  const [first, second, [, error]] = await Promise.all(asked);
  assert.deepEqual([first, second, error.code], [-1, -2, "ERR_UNKNOWN_WINDOW"]);
  assert.deepEqual(names, [["late", "never"]]);
});

test("what waits in one window stands in no other window's way", async () => {
  const pair = new Pair({ limits: { maxQueueRecords: 1 } });
  pair.open("silent");
  pair.open("b").handle((_, msg) => msg);
  const silent = outcome(pair.main.call("silent", 1, { timeoutMs: 0 }));
  await assert.rejects(pair.main.call("silent", 2, {}), { code: "ERR_QUEUE_FULL" });
  assert.equal(await pair.main.call("b", 3, {}), 3);
  await silent;
});
