import assert from "node:assert/strict";
import { test } from "node:test";
import {
  acknowledge,
  call,
  exchange,
  FROM_MAIN,
  nextPacket,
  packets,
  Router,
  routePacket,
  routerWithWindow,
  send,
  statsOf,
  tell,
} from "./addon.mjs";

test("the addon exports the class Router and nothing else", async () => {
  const { createRequire } = await import("node:module");
  const { ADDON } = await import("./addon.mjs");
  assert.deepEqual(Object.keys(createRequire(import.meta.url)(ADDON)), ["Router"]);
});

test("a packet comes with its endpoint, webContents, link, text and slots", () => {
  const { router, endpoint } = routerWithWindow(FROM_MAIN);
  send(router, "work", 3, '{"a":["b"]}', 41, [5, 6]);
  assert.deepEqual(nextPacket(router), {
    endpoint,
    contents: 7,
    link: 20,
    text: '[[3,3,{"a":["b"]}]]',
    slots: [41, 42],
  });
  assert.equal(nextPacket(router), undefined);
});

test("a name that no window has is false to take away, one that a window has is true", () => {
  const { router } = routerWithWindow();
  assert.equal(router.unnameWindow("nobody"), false);
  assert.equal(router.unnameWindow("work"), true);
  assert.equal(router.unnameWindow("work"), false);
});

test("a window is awaited as long as anything waits for it, and an unknown one is not", () => {
  const { router, endpoint } = routerWithWindow();
  assert.equal(router.hasPending("work"), false);
  send(router, "work", 0, "1");
  assert.equal(router.hasPending("work"), true);
  assert.equal(router.hasPending("nobody"), false);
  tell(router, endpoint, FROM_MAIN);
  packets(router);
  acknowledge(router, endpoint, 1);
  assert.equal(router.hasPending("work"), false);
});

test("the same link of the same webContents is the same endpoint", () => {
  const { router, endpoint } = routerWithWindow();
  assert.equal(router.connect(7, 20), endpoint);
  assert.notEqual(router.connect(7, 21), endpoint);
  assert.notEqual(router.connect(8, 20), endpoint);
});

test("links up to the largest exact integer come back as they went in", () => {
  const router = new Router();
  router.nameWindow("far", 2 ** 32 - 1);
  const endpoint = router.connect(2 ** 32 - 1, Number.MAX_SAFE_INTEGER);
  tell(router, endpoint, FROM_MAIN);
  send(router, "far", 0, "1");
  const { contents, link } = nextPacket(router);
  assert.deepEqual([contents, link], [2 ** 32 - 1, Number.MAX_SAFE_INTEGER]);
});

test("an endpoint, link, document or request id that is no exact natural number is rejected", () => {
  const { router } = routerWithWindow();
  const before = router.stats();
  for (const bad of [-1, 1.5, Number.NaN, Infinity, -Infinity, 2 ** 53]) {
    const message = "the packet was rejected: an id is no integer from 0 to 2^53 - 1";
    const refused = { code: "ERR_BAD_PACKET", message };
    assert.throws(() => router.connect(7, bad), refused, `link ${bad}`);
    assert.throws(() => router.endDocument(7, bad, false), refused, `document ${bad}`);
    assert.throws(() => routePacket(router, bad, 0, ""), refused, `from ${bad}`);
    assert.throws(() => router.dropUnhandledRequests(bad, 1), refused, `mark ${bad}`);
  }
  assert.equal(router.stats(), before);
});

test("an endpoint or id of a line that is no natural number is rejected", () => {
  const { router, endpoint } = routerWithWindow();
  const before = router.stats();
  for (const bad of ["-1", "1.5", "1e3", "NaN", "", "18446744073709551616"]) {
    const refused = (what) => ({ code: "ERR_BAD_PACKET", message: new RegExp(`is no ${what}$`) });
    assert.throws(() => exchange(router, `=${bad},1,1,0,1`), refused("answer"));
    assert.throws(() => exchange(router, `=${endpoint},${bad},1,0,1`), refused("answer"));
    assert.throws(() => call(router, "work", bad, "1"), refused("call"));
    assert.throws(() => exchange(router, `-${bad},0,1`), refused("cancellation"));
  }
  assert.equal(router.stats(), before);
});

test("lanes that are no byte are rejected", () => {
  const { router, endpoint } = routerWithWindow();
  for (const bad of [-1, 256, 2 ** 31]) assert.throws(() => tell(router, endpoint, bad), Error);
});

test("a value of the wrong type is rejected, never converted", () => {
  const { router, endpoint } = routerWithWindow();
  const [cross] = router.messageFunctions();
  for (const bad of [undefined, null, {}, [], "1", true, Symbol("s"), 1n, () => 1]) {
    assert.throws(() => router.nameWindow("x", bad), Error);
    assert.throws(() => router.connect(bad, 1), Error);
    assert.throws(() => router.connect(1, bad), Error);
    assert.throws(() => cross(bad, "", 0, 0, ""), Error);
    assert.throws(() => cross(0, "", bad, 0, ""), Error);
    assert.throws(() => cross(0, "", endpoint, bad, ""), Error);
  }
  for (const bad of [undefined, null, {}, [], 1, true, Symbol("s")]) {
    assert.throws(() => router.nameWindow(bad, 1), Error);
    assert.throws(() => cross(0, bad, 0, 0, ""), Error);
    assert.throws(() => cross(0, "", endpoint, 0, bad), Error);
    assert.throws(() => router.setLimits(bad), Error);
  }
  assert.throws(() => router.listenMain("yes"), Error);
  assert.deepEqual(router.names(), ["work"]);
});

test("a method called on something else throws a TypeError", () => {
  const { names, stats } = Router.prototype;
  for (const other of [undefined, null, 5, {}, Object.create(Router.prototype)]) {
    assert.throws(() => names.call(other), TypeError);
    assert.throws(() => stats.call(other), TypeError);
  }
});

test("slots are numbered on from the first, and wrap around at 32 bits", () => {
  const { router } = routerWithWindow(FROM_MAIN);
  send(router, "work", 4, "1", 2 ** 32 - 2, [1, 2, 3]);
  assert.deepEqual(nextPacket(router).slots, [2 ** 32 - 2, 2 ** 32 - 1, 0]);
  assert.deepEqual(router.takeFreedSlots(), [2 ** 32 - 2, 2 ** 32 - 1, 0]);
  assert.deepEqual(router.takeFreedSlots(), []);
});

test("the slots of a waiting record are not free before it is delivered or dropped", () => {
  const { router, endpoint } = routerWithWindow();
  send(router, "work", 2, "1", 5, [1]);
  assert.deepEqual(router.takeFreedSlots(), []);
  tell(router, endpoint, FROM_MAIN);
  assert.deepEqual(router.takeFreedSlots(), []);
  nextPacket(router);
  assert.deepEqual(router.takeFreedSlots(), [5]);
  tell(router, endpoint, 0);
  send(router, "work", 2, "1", 6, [1]);
  router.closeWindow(7);
  assert.deepEqual(router.takeFreedSlots(), [6]);
});

test("the sizes of attachments and their slots count as bytes that wait", () => {
  const { router } = routerWithWindow();
  send(router, "work", 3, "1", 0, [1000, 2000]);
  const { queued, queuedBytes } = statsOf(router).windows.work;
  assert.equal(queued, 1);
  assert.equal(queuedBytes, 3000 + 2 * 512 + "[3,3,1]".length);
});

test("stats are JSON with every count that index.d.ts names", () => {
  const { router } = routerWithWindow();
  const counts = ["accepted", "delivered", "dropped", "queued", "queuedBytes", "refused"];
  const { windows, unnamed, closed, mainProcess, total, ...rest } = statsOf(router);
  for (const each of [windows.work, unnamed, closed, mainProcess, total]) {
    assert.deepEqual(Object.keys(each).sort(), counts);
  }
  assert.deepEqual(rest, { unknownWindow: 0, badPackets: 0 });
});

test("packets for two windows take turns", () => {
  const { router } = routerWithWindow(FROM_MAIN);
  router.nameWindow("other", 8);
  tell(router, router.connect(8, 30), FROM_MAIN);
  const large = JSON.stringify("x".repeat(1 << 20));
  for (const name of ["work", "work", "other", "other"]) send(router, name, 0, large);
  assert.deepEqual(
    packets(router).map((packet) => packet.contents),
    [7, 8, 7, 8],
  );
});
