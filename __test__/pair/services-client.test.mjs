// Services from window to window, over the real router.
import assert from "node:assert/strict";
import { test } from "node:test";
import { twoPages } from "./pair.mjs";

test("a window's service is called with its caller as the event, and answers", async () => {
  const { pair, a, b } = twoPages();
  b.serve("view", (event) => ({
    who: (...args) => [event.windowName, event.origin, event.fromMain, ...args],
  }));
  await pair.quiet();
  const view = a.connect("view", { in: "b" });
  assert.deepEqual(await view.who(1, undefined), ["a", "file://", false, 1, undefined]);
});

test("a call waits for a service that is not there yet", async () => {
  const { pair, a, b } = twoPages();
  const answer = a.connect("view", { in: "b" }).read("x");
  await pair.quiet();
  b.serve("view", { read: (what) => `read ${what}` });
  assert.equal(await answer, "read x");
});

test("errors cross whole, and an unknown method names the methods", async () => {
  const { a, b } = twoPages();
  b.serve("view", {
    fail() {
      throw Object.assign(new RangeError("no such line"), { line: 7 });
    },
  });
  const view = a.connect("view", { in: "b" });
  await assert.rejects(view.fail(), { name: "RangeError", message: "no such line", line: 7 });
  await assert.rejects(view.fial(), {
    code: "ERR_NO_METHOD",
    message: 'electron-switchyard: service "view" has no method "fial": it has "fail"',
  });
});

test("a second serve takes later calls, and a removed service is waited for again", async () => {
  const { pair, a, b } = twoPages();
  let finish;
  const first = b.serve("view", {
    read: () =>
      new Promise((resolve) => {
        finish = () => resolve("first");
      }),
  });
  const view = a.connect("view", { in: "b" });
  const atWork = view.read();
  await pair.quiet();
  const second = b.serve("view", { read: () => "second" });
  assert.equal(await view.read(), "second");
  finish();
  assert.equal(await atWork, "first");
  first();
  assert.equal(await view.read(), "second");
  second();
  await pair.quiet();
  const waiting = view.read();
  await pair.quiet();
  b.serve("view", { read: () => "third" });
  assert.equal(await waiting, "third");
});

test("a call that arrives as its service ends waits for the next one of its name, and for no other", async () => {
  const { pair, a, b } = twoPages();
  const undo = b.serve("view", { read: () => "first" });
  await pair.quiet();
  const answer = a.connect("view", { in: "b" }).read();
  await Promise.resolve();
  undo();
  await pair.quiet();
  b.serve("other", { read: () => "other" });
  await pair.quiet();
  b.serve("view", { read: () => "second" });
  assert.equal(await answer, "second");
});

test("a signal cancels the call, and the server's signal is aborted with the reason", async () => {
  const { pair, a, b } = twoPages();
  const reasons = [];
  b.serve("view", (event) => ({
    read: () =>
      new Promise((resolve) => {
        event.signal.addEventListener("abort", () => {
          reasons.push(event.signal.reason);
          resolve("too late");
        });
      }),
  }));
  const controller = new AbortController();
  const answer = a.connect("view", { in: "b", signal: controller.signal }).read();
  await pair.quiet();
  controller.abort("enough");
  await assert.rejects(answer, (reason) => reason === "enough");
  await pair.quiet();
  assert.deepEqual(reasons, ["enough"]);
});

test("a time limit is each call's own", async () => {
  const { a, b } = twoPages();
  b.serve("view", { never: () => new Promise(() => undefined) });
  const view = a.connect("view", { in: "b", timeoutMs: 20 });
  await assert.rejects(view.never(), {
    code: "ERR_TIMEOUT",
    message: /^electron-switchyard: view\.never: /,
  });
  await assert.rejects(view.never(), { code: "ERR_TIMEOUT" });
});

test("a call to a window that is unknown, or whose page ends, rejects", async () => {
  const { pair, a, b } = twoPages();
  await assert.rejects(a.connect("view", { in: "nobody" }).read(), {
    code: "ERR_UNKNOWN_WINDOW",
    message: /^electron-switchyard: view\.read: /,
  });
  b.serve("view", { read: () => new Promise(() => undefined) });
  const atWork = a.connect("view", { in: "b" }).read();
  await pair.quiet();
  pair.reload(b);
  await assert.rejects(atWork, { code: "ERR_TARGET_GONE", reason: "reloaded" });
});

test("onCall and services are apart, and answers keep their order", async () => {
  const { a, b } = twoPages();
  b.serve("view", { add: (x, y) => x + y });
  b.handle((_, msg) => `called ${msg}`);
  const view = a.connect("view", { in: "b" });
  assert.deepEqual(await Promise.all([view.add(1, 2), a.call("b", 5), view.add(3, 4)]), [
    3,
    "called 5",
    7,
  ]);
});

test("bytes and long text cross as arguments and answers", async () => {
  const { a, b } = twoPages();
  b.serve("view", { echo: (...args) => args });
  const args = [new Uint8Array(100_000).fill(7), "x".repeat(100_000), new Map([[1, 2]])];
  assert.deepEqual(await a.connect("view", { in: "b" }).echo(...args), args);
});

test("options of connect are checked at once", () => {
  const { a } = twoPages();
  const rows = [
    [5, {}, "ERR_INVALID_ARG_TYPE"],
    ["", {}, "ERR_INVALID_ARG_TYPE"],
    ["s", { in: 5 }, "ERR_INVALID_OPTION"],
    ["s", { timeoutMs: -1 }, "ERR_INVALID_OPTION"],
    ["s", { timeout: 5 }, "ERR_INVALID_OPTION"],
    ["s", { signal: {} }, "ERR_INVALID_OPTION"],
    ["s", null, "ERR_INVALID_OPTION"],
    ["s", "b", "ERR_INVALID_OPTION"],
  ];
  for (const [service, options, code] of rows) {
    assert.throws(() => a.connect(service, options), {
      code,
      message: /^electron-switchyard: connect: /,
    });
  }
});
