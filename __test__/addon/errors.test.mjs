import assert from "node:assert/strict";
import { test } from "node:test";
import {
  exchange,
  FROM_OTHER,
  Router,
  records,
  routePacket,
  routerWithWindow,
  send,
  statsOf,
} from "./addon.mjs";

function thrown(act) {
  try {
    act();
  } catch (error) {
    return error;
  }
  return assert.fail("nothing was thrown");
}

test("a rejection is an Error with a stable code and a message to read", () => {
  const error = thrown(() => send(new Router(), "nobody", 0, "1"));
  assert.ok(error instanceof Error);
  assert.equal(error.code, "ERR_UNKNOWN_WINDOW");
  assert.equal(typeof error.stack, "string");
  assert.match(error.message, /no window is named "nobody"/);
});

test("the calls of every message reject as all others do, and go on", () => {
  const { router, endpoint } = routerWithWindow(FROM_OTHER);
  const [cross] = router.messageFunctions();
  const rejections = [
    [() => cross(1, "", -1, 0, ""), "ERR_BAD_PACKET", /an id is no integer/],
    [
      () => cross(1, "", endpoint, FROM_OTHER, "[["),
      "ERR_BAD_PACKET",
      /^the packet was rejected: /,
    ],
    [() => cross(1, "nonsense", 0, 0, ""), "ERR_BAD_PACKET", /^the packet was rejected: /],
    [
      () => cross(1, '>"nobody"\n0,1', 0, 0, ""),
      "ERR_UNKNOWN_WINDOW",
      /no window is named "nobody"/,
    ],
    [() => cross(1, "", endpoint, FROM_OTHER, 5), "StringExpected", /no string/],
    [() => cross(1), "GenericFailure", /./],
  ];
  for (const [act, code, message] of rejections) {
    const error = thrown(act);
    assert.ok(error instanceof Error, String(act));
    assert.equal(error.code, code, String(act));
    assert.match(error.message, message, String(act));
  }
  const out = cross(1, "", endpoint, FROM_OTHER, '[[2,"work",0,1]]');
  assert.equal(out.endsWith(",0,1]]"), true);
});

test("an unknown window's error lists the names there are, sorted", () => {
  const { router } = routerWithWindow();
  router.nameWindow("about", 8);
  const { message } = thrown(() => send(router, "wrok", 0, "1"));
  assert.match(message, /not find windowInstance.*"wrok".*"about", "work"/);
});

test("a name that is taken, or a second name for a window, is ERR_NAME_TAKEN", () => {
  const { router } = routerWithWindow();
  assert.throws(() => router.nameWindow("work", 8), { code: "ERR_NAME_TAKEN", message: /"work"/ });
  assert.throws(() => router.nameWindow("play", 7), { code: "ERR_NAME_TAKEN", message: /"play"/ });
  router.nameWindow("work", 7);
  assert.deepEqual(router.names(), ["work"]);
});

test("a full queue is ERR_QUEUE_FULL and the message says how full", () => {
  const { router } = routerWithWindow();
  router.setLimits('{"maxQueueRecords":1}');
  send(router, "work", 0, "1");
  assert.throws(() => send(router, "work", 0, "2"), {
    code: "ERR_QUEUE_FULL",
    message: /window "work" is full: 1 messages/,
  });
  assert.equal(statsOf(router).windows.work.refused, 1);
});

test("an endpoint that is gone is ERR_TARGET_GONE, and its answers go nowhere", () => {
  const { router, endpoint } = routerWithWindow();
  router.closeWindow(7);
  const gone = { code: "ERR_TARGET_GONE" };
  assert.throws(() => routePacket(router, endpoint, 0, ""), gone);
  assert.throws(() => routePacket(router, 999, 0, ""), gone);
  exchange(router, `=${endpoint},1,1,0,1`);
  assert.deepEqual(records(router), []);
});

test("what is no packet is ERR_BAD_PACKET, is counted, and none of it is routed", () => {
  const { router, endpoint } = routerWithWindow(FROM_OTHER);
  const bad = [
    "x",
    "{}",
    "[1]",
    "[[]]",
    "[[1,1,0]]",
    "[[3,0,1]]",
    "[[4,null,0,1]]",
    "[[5,1,1,0,1]]",
    '[[1,"a",0,1]]',
    "[[1,-1,0,1]]",
    "[[1,1.5,0,1]]",
    "[[2,5,0,1]]",
    '[[2,"work",-1,1]]',
    '[[2,"work",0,1]] ]',
    '[[2,"work",0,1],[10,1,0,1]]',
    '[[2,"work",2,1]]',
    '[[2,"work",4294967295,1]]',
    '[[2,"work",0,\n}]]',
  ];
  for (const text of bad) {
    const route = () => routePacket(router, endpoint, FROM_OTHER, text);
    assert.throws(route, { code: "ERR_BAD_PACKET", message: /^the packet was rejected: / }, text);
  }
  assert.equal(statsOf(router).badPackets, bad.length);
  assert.deepEqual(records(router), []);
});

test("attachments must be as many as the form says", () => {
  const { router, endpoint } = routerWithWindow();
  const bad = { code: "ERR_BAD_PACKET" };
  assert.throws(() => send(router, "work", 2, "1"), bad);
  assert.throws(() => send(router, "work", 0, "1", 0, [1]), bad);
  assert.throws(() => exchange(router, `@7,1\n=${endpoint},1,1,3,1`), bad);
  const packet = '[[2,"work",2,1]]';
  assert.throws(() => routePacket(router, endpoint, 0, packet, { sizes: [1, 2] }), bad);
  assert.deepEqual(router.takeFreedSlots(), [0, 7, 0, 1]);
  assert.equal(statsOf(router).total.accepted, 0);
});

test("limits out of their range are ERR_INVALID_OPTION and change nothing", () => {
  const { router } = routerWithWindow();
  router.setLimits('{"maxQueueRecords":1}');
  const bad = [
    "",
    "[]",
    "null",
    '{"maxQueueRecords":0}',
    '{"maxQueueRecords":10000001}',
    '{"maxQueueRecords":1.5}',
    '{"maxQueueRecords":"5"}',
    '{"maxQueueBytes":65535}',
    '{"maxQueueBytes":4294967296}',
    '{"overflow":"drop"}',
    '{"overflow":null}',
    '{"queueSize":1}',
  ];
  for (const json of bad) {
    assert.throws(() => router.setLimits(json), { code: "ERR_INVALID_OPTION" }, json);
  }
  send(router, "work", 0, "1");
  assert.throws(() => send(router, "work", 0, "2"), { code: "ERR_QUEUE_FULL" });
});

test("with resolve, unknown names come back, each once, and nothing is done", () => {
  const { router, endpoint } = routerWithWindow();
  const names = ["b", "work", "a", "b"];
  const packet = JSON.stringify(names.map((name) => [2, name, 0, 1]));
  assert.deepEqual(routePacket(router, endpoint, 0, packet, { resolve: true }), ["b", "a"]);
  assert.equal(statsOf(router).total.accepted, 0);
  assert.equal(routePacket(router, endpoint, 0, packet), undefined);
  assert.equal(statsOf(router).unknownWindow, 3);
  // Sorted, for nothing is promised of their order.
  const nacks = records(router).sort(([, x], [, y]) => (x[1] < y[1] ? -1 : 1));
  assert.deepEqual(
    nacks.map(([to, record]) => [to, ...record.slice(0, -1)]),
    [
      [endpoint, 6, "a", "ERR_UNKNOWN_WINDOW", null, 1],
      [endpoint, 6, "b", "ERR_UNKNOWN_WINDOW", null, 2],
    ],
  );
  for (const [, nack] of nacks) assert.match(nack.at(-1), /not find windowInstance/);
});
