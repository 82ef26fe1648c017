import assert from "node:assert/strict";
import { test } from "node:test";
import { twoPages } from "./pair.mjs";
import { CALLS, outcome, REQUESTS, SERVICES, slowHandler, start } from "./ways.mjs";

/** The ways in which a page goes, by their reason. */
const ENDS = {
  reloaded: (pair, page) => pair.reload(page),
  crashed: (pair, page) => pair.end(page, true),
  closed: (pair, page) => pair.close(page),
};

const SENTENCES = {
  reloaded: "the window's page was reloaded or replaced by another",
  crashed: "the window's page crashed",
  closed: "the window was closed",
  unregistered: "the name of the window was unregistered",
};

const IN_A_WINDOW = /to (a window|another|a service of (a window|another))$/;
/** The ways in which one goes and the other stays. */
const FROM_AFAR = [...CALLS, ...SERVICES].filter(({ way }) => IN_A_WINDOW.test(way));
const FROM_A_PAGE = [...REQUESTS, ...SERVICES].filter(({ way }) =>
  /^a window to (a service of )?(another|main)$/.test(way),
);

for (const way of FROM_AFAR) {
  for (const [reason, end] of Object.entries(ENDS)) {
    test(`${way.way}: what a handler works at is ERR_TARGET_GONE when its page is ${reason}`, async () => {
      const { pair, ask, handle, b } = start(way);
      const { calls, handler } = slowHandler();
      handle(handler);
      const asked = outcome(ask(new Uint8Array(9)));
      await pair.quiet();
      end(pair, b);
      const [settled, error] = await asked;
      assert.equal(settled, "error");
      assert.deepEqual([error.code, error.reason], ["ERR_TARGET_GONE", reason]);
      assert.equal(error.message, `electron-switchyard: ${way.call}: ${SENTENCES[reason]}`);
      // Its answer comes too late, and harms nobody.
      calls[0].resolve(new Uint8Array(9));
      await pair.quiet();
      assert.equal(pair.held(), 0);
      assert.deepEqual(pair.refused, []);
    });

    test(`${way.way}: a call on its way to a page that is ${reason} is ERR_TARGET_GONE`, async () => {
      const { pair, ask, handle, b } = start(way);
      const { calls, handler } = slowHandler();
      handle(handler);
      await pair.quiet();
      const asked = outcome(ask(new Uint8Array(9)));
      while (pair.stats().windows.b.delivered === 0) await new Promise(setImmediate);
      end(pair, b);
      const [, { code, reason: why }] = await asked;
      assert.deepEqual([code, why], ["ERR_TARGET_GONE", reason]);
      await pair.quiet();
      assert.ok(calls.length <= 1);
      assert.equal(pair.held(), 0);
    });
  }

  test(`${way.way}: calls that wait for a window that is closed are ERR_TARGET_GONE`, async () => {
    const { pair, ask, b } = start(way);
    const asked = [ask(1), ask(new Uint8Array(9))].map(outcome);
    await pair.quiet();
    pair.close(b);
    for (const [, error] of await Promise.all(asked)) {
      assert.deepEqual([error.code, error.reason], ["ERR_TARGET_GONE", "closed"]);
      assert.equal(error.message, `electron-switchyard: ${way.call}: ${SENTENCES.closed}`);
    }
    await pair.quiet();
    assert.equal(pair.held(), 0);
    assert.equal(pair.router.hasPendingRequests(), false);
  });

  test(`${way.way}: calls that wait under a name that is taken away are ERR_TARGET_GONE`, async () => {
    const { pair, ask } = start(way);
    const asked = outcome(ask(new Uint8Array(9)));
    await pair.quiet();
    pair.unregister("b");
    const [, error] = await asked;
    assert.deepEqual([error.code, error.reason], ["ERR_TARGET_GONE", "unregistered"]);
    assert.equal(error.message, `electron-switchyard: ${way.call}: ${SENTENCES.unregistered}`);
    await pair.quiet();
    assert.equal(pair.held(), 0);
  });
}

for (const way of CALLS) {
  test(`${way.way}: what a handler works at is answered though its window loses its name`, async () => {
    const { pair, ask, handle } = start(way);
    const { calls, handler } = slowHandler();
    handle(handler);
    const asked = ask(1);
    await pair.quiet();
    pair.unregister("b");
    await pair.quiet();
    calls[0].resolve("all the same");
    assert.equal(await asked, "all the same");
    await assert.rejects(ask(2), { code: "ERR_UNKNOWN_WINDOW" });
  });
}

for (const way of FROM_A_PAGE) {
  for (const [reason, end] of Object.entries(ENDS)) {
    test(`${way.way}: the handler's signal is aborted when the asker's page is ${reason}`, async () => {
      const { pair, ask, handle, asker } = start(way);
      const { calls, handler } = slowHandler();
      const seen = [];
      handle((event, msg) => {
        event.signal.addEventListener("abort", () => seen.push(event.signal.reason));
        return handler(event, msg);
      });
      ask(1);
      await pair.quiet();
      assert.deepEqual(seen, []);
      end(pair, asker);
      await pair.quiet();
      assert.equal(calls[0].event.signal.aborted, true);
      assert.equal(seen.length, 1);
      assert.ok(seen[0] instanceof Error);
      assert.deepEqual([seen[0].code, seen[0].reason], ["ERR_TARGET_GONE", reason]);
      assert.match(seen[0].message, /^electron-switchyard: the asker has ended: /);
      // The answer goes nowhere, and harms nobody.
      calls[0].resolve(new Uint8Array(9));
      await pair.quiet();
      assert.equal(pair.held(), 0);
      assert.deepEqual(pair.refused, []);
    });

    test(`${way.way}: a signal that is read after the asker's page was ${reason} is aborted`, async () => {
      const { pair, ask, handle, asker } = start(way);
      const { calls, handler } = slowHandler();
      handle(handler);
      ask(1);
      await pair.quiet();
      end(pair, asker);
      await pair.quiet();
      const { signal } = calls[0].event;
      assert.equal(signal.aborted, true);
      assert.deepEqual([signal.reason.code, signal.reason.reason], ["ERR_TARGET_GONE", reason]);
      assert.equal(calls[0].event.signal, signal);
    });
  }

  test(`${way.way}: other askers' signals are not aborted, and they are answered`, async () => {
    const { ask, handle, asker, ...all } = start(way);
    const { pair } = all;
    const other = way.of({ ...all, a: pair.open("other") });
    const { calls, handler } = slowHandler();
    handle(handler);
    ask("gone");
    const asked = other.ask("stays");
    await pair.quiet();
    pair.close(asker);
    await pair.quiet();
    const aborted = calls.map(({ event, msg }) => [msg, event.signal.aborted]);
    assert.deepEqual(Object.fromEntries(aborted), { gone: true, stays: false });
    for (const { msg, resolve } of calls) resolve(msg);
    assert.equal(await asked, "stays");
  });

  test(`${way.way}: an asker that loses its name, and not its page, is answered`, async () => {
    const { pair, ask, handle } = start(way);
    const { calls, handler } = slowHandler();
    handle(handler);
    const asked = ask(1);
    await pair.quiet();
    pair.unregister("a");
    await pair.quiet();
    assert.equal(calls[0].event.signal.aborted, false);
    assert.equal(calls[0].event.windowName, "a");
    calls[0].resolve(2);
    assert.equal(await asked, 2);
  });
}

test("a call whose asker's page went away while it waited is not delivered", async () => {
  const { pair, a, b } = twoPages();
  a.call("b", new Uint8Array(9));
  await pair.quiet();
  const next = pair.reload(a);
  const asked = next.call("b", "from the next page");
  await pair.quiet();
  const got = [];
  b.handle((_, msg) => got.push(msg));
  await asked;
  assert.deepEqual(got, ["from the next page"]);
  await pair.quiet();
  assert.equal(pair.held(), 0);
});

test("the page that takes the place of one that asked gets no answer of that one's", async () => {
  const { pair, a, b } = twoPages();
  const { calls, handler } = slowHandler();
  b.handle(handler);
  outcome(a.call("b", "old"));
  await pair.quiet();
  const next = pair.reload(a);
  const asked = next.call("b", "new");
  await pair.quiet();
  for (const { msg, resolve } of calls) resolve(msg);
  assert.equal(await asked, "new");
});

test("a request to main that waited while its asker's page went is handled as aborted", async () => {
  const { pair, main, a } = twoPages();
  a.request(1);
  await pair.quiet();
  pair.reload(a);
  await pair.quiet();
  const seen = [];
  main.handle(({ signal }, msg) => void seen.push([msg, signal.aborted, signal.reason?.reason]));
  await pair.quiet();
  assert.deepEqual(seen, [[1, true, "reloaded"]]);
});

test("when a window that asks itself is closed, nothing is left behind", async () => {
  const { pair, main, b } = twoPages();
  const { calls, handler } = slowHandler();
  b.handle(handler);
  const asked = outcome(main.call("b", 1, {}));
  b.call("b", new Uint8Array(9));
  await pair.quiet();
  assert.equal(calls.length, 2);
  pair.close(b);
  const [, error] = await asked;
  assert.equal(error.reason, "closed");
  await pair.quiet();
  assert.equal(pair.held(), 0);
  assert.equal(pair.router.hasPendingRequests(), false);
});

test("when a subframe goes, what its handler worked at is ERR_TARGET_GONE, and the page's is not", async () => {
  const { pair, main, a, b } = twoPages();
  const page = slowHandler();
  const subframe = pair.load(b.contents, "b", 4 * 1000 + 2, "https://example.com");
  const framed = slowHandler();
  subframe.handle(framed.handler);
  await pair.quiet();
  const lost = outcome(main.call("b", "subframe", {}));
  await pair.quiet();
  b.handle(page.handler);
  await pair.quiet();
  const kept = a.call("b", "page");
  await pair.quiet();
  assert.deepEqual([framed.calls.length, page.calls.length], [1, 1]);
  pair.end(subframe);
  const [, error] = await lost;
  assert.deepEqual([error.code, error.reason], ["ERR_TARGET_GONE", "reloaded"]);
  page.calls[0].resolve("kept");
  assert.equal(await kept, "kept");
});

test("a page's last words may be a call; its handler's signal is aborted", async () => {
  const { pair, a, b } = twoPages();
  const got = [];
  const signals = [];
  b.handle((event, msg) => {
    got.push(msg);
    signals.push(event.signal);
    return new Promise(() => undefined);
  });
  await pair.quiet();
  a.call("b", "last");
  await Promise.resolve();
  pair.reload(a);
  await pair.quiet();
  assert.deepEqual(got, ["last"]);
  assert.equal(pair.held(), 0);
  assert.deepEqual(pair.refused, []);
  assert.equal(signals[0].reason.code, "ERR_TARGET_GONE");
});
