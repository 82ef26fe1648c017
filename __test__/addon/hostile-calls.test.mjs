import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  call,
  exchange,
  FROM_OTHER,
  nextPacket,
  Router,
  records,
  routePacket,
  statsOf,
  tell,
} from "./addon.mjs";

const CALLS = 4;
const MAIN = 0;
const MOST = Number.MAX_SAFE_INTEGER;

const [CALL, ANSWER, ABORT] = [7, 8, 9];
const [NAME, PUBLISH, SUBSCRIBE, UNSUBSCRIBE, PUBLISHED, RETAINED] = [10, 11, 12, 13, 14, 15];

/** Three windows: who asks, who is asked, and who means ill. Each handles calls. */
function three() {
  const router = new Router();
  const [asker, callee, rogue] = ["asker", "callee", "rogue"].map((name, i) => {
    router.nameWindow(name, i + 1);
    const endpoint = router.connect(i + 1, 4 * (i + 1));
    tell(router, endpoint, CALLS | FROM_OTHER);
    return endpoint;
  });
  const say = (from, ...packet) => {
    const text = typeof packet[0] === "string" ? packet[0] : JSON.stringify(packet);
    routePacket(router, from, CALLS | FROM_OTHER, text);
  };
  return { router, asker, callee, rogue, say };
}

/** Has a window and main ask the callee; the numbers of the two calls. */
function ask({ router, asker, callee, say }) {
  say(asker, [CALL, [1, "callee"], 0, "from a window"]);
  call(router, "callee", 1, '"from main"');
  const given = records(router);
  assert.deepEqual(
    given.map(([to, [kind, , stamp]]) => [to, kind, stamp]),
    [
      [callee, CALL, "asker"],
      [callee, CALL, 0],
    ],
  );
  return given.map(([, [, number]]) => number);
}

/** Answers both calls as their callee; whether that is what the askers get. */
function assertAnswered({ router, asker, callee, say }, [ofWindow, ofMain]) {
  say(callee, [ANSWER, [ofWindow, 1], 0, "real"], [ANSWER, [ofMain, 1], 0, "real"]);
  const answers = records(router).sort(([x], [y]) => x - y);
  assert.deepEqual(answers, [
    [MAIN, [5, 1, 1, 0, "real"]],
    [asker, [5, 1, 1, 0, "real"]],
  ]);
}

const NO_IDS = ["-1", "1.5", "1e3", "1.0", "-0", '"1"', "null", "true", "{}", "[]", "[1]"];
NO_IDS.push(
  String(MOST + 1),
  "9007199254740993",
  "18446744073709551615",
  "1e400",
  `1${"0".repeat(400)}`,
);

const NO_PAIRS = ["1", '"work"', "null", "{}", "[]", "[1]", '{"0":1,"1":"callee"}', '"[1,2]"'];
NO_PAIRS.push('[1,"callee",1]', "[[1],[1]]");

const NO_NAMES = ["5", "null", "true", "{}", '["callee"]'];

/** Addresses of a value that are neither a topic's number nor a number with options. */
const NO_PUBLICATIONS = ["[1]", "[1,0,0]", "[1,0,0,0,0]", "[-1,0,0,0]", "[1,1,0,0]", '[1,"b",0,0]'];
NO_PUBLICATIONS.push("[1,[1],0,0]", "[1,[null],0,0]", "[1,{},0,0]", "[1,null,0,0]", "[1,0,2,0]");
NO_PUBLICATIONS.push("[1,0,true,0]", "[1,0,-1,0]", "[1,0,0,1]", "[1,0,0,null]", '[1,0,0,["k"]]');

const BAD = [
  ...NO_IDS.map((id) => `[${CALL},[${id},"callee"],0,1]`),
  ...NO_NAMES.map((name) => `[${CALL},[1,${name}],0,1]`),
  ...NO_PAIRS.map((pair) => `[${CALL},${pair},0,1]`),
  ...NO_IDS.map((id) => `[${ANSWER},[${id},1],0,1]`),
  ...NO_PAIRS.map((pair) => `[${ANSWER},${pair},0,1]`),
  ...NO_IDS.map((id) => `[${ABORT},${id},0,1]`),
  ...[NAME, SUBSCRIBE].flatMap((kind) => [
    ...NO_IDS.map((id) => `[${kind},[${id},"topic"],0,0]`),
    ...NO_NAMES.map((name) => `[${kind},[1,${name}],0,0]`),
    ...NO_PAIRS.map((pair) => `[${kind},${pair},0,0]`),
  ]),
  ...[PUBLISH, UNSUBSCRIBE].flatMap((kind) => NO_IDS.map((id) => `[${kind},${id},0,0]`)),
  ...NO_IDS.map((id) => `[${PUBLISH},[${id},0,0,0],0,0]`),
  ...NO_PUBLICATIONS.map((publication) => `[${PUBLISH},${publication},0,0]`),
  `[${CALL},[1,"callee"],0]`,
  `[${CALL},[1,"callee"],0,1,1]`,
  `[${CALL},[1,"callee"],-1,1]`,
  `[${CALL},[1,"callee"],2,1]`,
  `[${ANSWER},[1,1],4294967296,1]`,
  `[${ABORT},1,0,]`,
  ...[
    "0",
    "3",
    "4",
    "5",
    "6",
    PUBLISHED,
    RETAINED,
    "19",
    "255",
    "256",
    "-7",
    "7.0",
    '"7"',
    "null",
  ].map((kind) => `[${kind},[1,"callee"],0,1]`),
];

test("a call, answer, abort or record of a topic whose address is nonsense is ERR_BAD_PACKET, and none of its packet is routed", () => {
  const world = three();
  const { router, rogue, say } = world;
  const numbers = ask(world);
  for (const bad of BAD) {
    const packet = `[[2,"callee",0,1],[${CALL},[7,"callee"],0,1],${bad}]`;
    assert.throws(
      () => say(rogue, packet),
      { code: "ERR_BAD_PACKET", message: /^the packet was rejected: / },
      bad,
    );
  }
  assert.equal(statsOf(router).badPackets, BAD.length);
  assert.deepEqual(records(router), []);
  assertAnswered(world, numbers);
});

test("ids up to 2^53 - 1 name calls, requests and aborts, and come back as they went in", () => {
  const { router, asker, callee, say } = three();
  for (const id of [0, 1, 2 ** 32, MOST - 1, MOST]) {
    say(asker, [CALL, [id, "callee"], 0, "call"]);
    call(router, "callee", id, '"main"');
    const [[, [, ofWindow]], [, [, ofMain]]] = records(router);
    say(callee, [ANSWER, [ofWindow, 1], 0, "answer"]);
    assert.deepEqual(records(router), [[asker, [5, id, 1, 0, "answer"]]]);
    exchange(router, `-${id},0,"why"`);
    assert.deepEqual(records(router), [[callee, [ABORT, ofMain, 0, "why"]]]);
    router.listenMain(true);
    say(asker, [1, id, 0, "request"], [ABORT, id, 0, "why"]);
    assert.deepEqual(records(router), [
      [MAIN, [1, asker, "asker", id, 0, "request"]],
      [MAIN, [ABORT, asker, id, 0, "why"]],
    ]);
  }
});

test("answers to calls that do not exist, up to number 2^53 - 1, are ignored", () => {
  const world = three();
  const { router, callee, rogue, say } = world;
  const numbers = ask(world);
  for (const from of [callee, rogue]) {
    for (const number of [0, 99, 2 ** 32, MOST]) say(from, [ANSWER, [number, 1], 0, "nothing"]);
  }
  assert.deepEqual(records(router), []);
  assertAnswered(world, numbers);
});

test("nobody but the callee can answer a call: not another window, not its asker, not another world", () => {
  const world = three();
  const { router, asker, rogue, say } = world;
  const numbers = ask(world);
  const otherWorld = router.connect(2, 9);
  const unnamed = router.connect(44, 4);
  for (const forger of [asker, rogue, otherWorld, unnamed]) {
    for (const number of numbers) {
      for (const ok of [1, 0]) say(forger, [ANSWER, [number, ok], 0, "forged"]);
    }
  }
  assert.deepEqual(records(router), []);
  assertAnswered(world, numbers);
});

test("a call that waits can be answered by nobody, not even its window", () => {
  const { router, asker, callee, rogue, say } = three();
  tell(router, callee, 0);
  say(asker, [CALL, [1, "callee"], 0, "waits"]);
  const quiet = (from, packet) => routePacket(router, from, 0, JSON.stringify(packet));
  for (const from of [callee, rogue, asker]) {
    quiet(
      from,
      Array.from({ length: 20 }, (_, n) => [ANSWER, [n, 1], 0, "guessed"]),
    );
  }
  assert.deepEqual(records(router), []);
  tell(router, callee, CALLS);
  const [[to, [, number]]] = records(router);
  assert.equal(to, callee);
  say(callee, [ANSWER, [number, 0], 0, "real"]);
  assert.deepEqual(records(router), [[asker, [5, 1, 0, 0, "real"]]]);
});

test("an answer counts once, and none after it", () => {
  const world = three();
  const numbers = ask(world);
  assertAnswered(world, numbers);
  const { router, callee, say } = world;
  for (const number of numbers) say(callee, [ANSWER, [number, 1], 0, "again"]);
  assert.deepEqual(records(router), []);
});

test("nobody but the asker can give a call up: ids are each asker's own", () => {
  const world = three();
  const { router, callee, rogue, say } = world;
  const numbers = ask(world);
  const unnamed = router.connect(44, 4);
  for (const from of [callee, rogue, unnamed]) {
    for (const id of [...numbers, 0, 1, 2, MOST]) say(from, [ABORT, id, 0, "forged"]);
  }
  assert.deepEqual(records(router), []);
  assertAnswered(world, numbers);
});

test("what another window says of a request to main goes nowhere, and its asker's word carries its endpoint", () => {
  const { router, asker, rogue, say } = three();
  router.listenMain(true);
  say(asker, [1, 5, 0, "request"]);
  say(rogue, [ABORT, 5, 0, "forged"]);
  say(asker, [ABORT, 5, 0, "true"]);
  say(asker, [ABORT, 5, 0, "again"]);
  assert.deepEqual(records(router), [
    [MAIN, [1, asker, "asker", 5, 0, "request"]],
    [MAIN, [ABORT, asker, 5, 0, "true"]],
  ]);
});

test("a second call under an open id is rejected, and the first is answered", () => {
  const world = three();
  const { router, asker, say } = world;
  const numbers = ask(world);
  say(asker, [CALL, [1, "callee"], 0, "second"], [CALL, [1, "rogue"], 0, "third"]);
  const refused = records(router);
  assert.deepEqual(
    refused.map(([to, [kind, id, code]]) => [to, kind, id, code]),
    [1, 2].map(() => [asker, 6, 1, "ERR_BAD_PACKET"]),
  );
  call(router, "callee", 1, '"second"');
  const [[to, nack]] = records(router);
  assert.deepEqual([to, ...nack.slice(0, 3)], [MAIN, 6, 1, "ERR_BAD_PACKET"]);
  assertAnswered(world, numbers);
});

test("a window cannot sign a call with another name, nor with an origin", () => {
  const { router, callee, rogue, say } = three();
  say(rogue, [CALL, [1, "callee"], 0, ["asker", 0]]);
  const subframe = router.connect(3, 4 * 3 + 2, 'https://evil.example/"],["asker"');
  say(subframe, [CALL, [1, "callee"], 0, 1]);
  assert.deepEqual(
    records(router).map(([to, [kind, , ...rest]]) => [to, kind, ...rest]),
    [
      [callee, CALL, "rogue", 0, ["asker", 0]],
      [callee, CALL, ["rogue", 'https://evil.example/"],["asker"'], 0, 1],
    ],
  );
});

test("a payload nested 100,000 levels deep is carried, whatever the kind", () => {
  const world = three();
  const { router, asker, callee, say } = world;
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  say(asker, `[[${CALL},[1,"callee"],0,${deep}]]`);
  const carried = nextPacket(router);
  assert.equal(carried.endpoint, callee);
  assert.ok(carried.text.includes(deep));
  const number = Number(/^\[\[7,(\d+),/.exec(carried.text)[1]);
  say(callee, `[[${ANSWER},[${number},1],0,${deep}]]`);
  assert.equal(nextPacket(router).text, `[[5,1,1,0,${deep}]]`);
  say(asker, `[[${ABORT},1,0,${deep}]]`);
  assert.throws(() => say(asker, `[[${CALL},${deep},0,1]]`), { code: "ERR_BAD_PACKET" });
  assert.throws(() => say(asker, `[[${ABORT},${deep},0,1]]`), { code: "ERR_BAD_PACKET" });
});

test("a flood of calls, answers and aborts fills its own queue's bounds and no other's", () => {
  const { router, asker, rogue, say } = three();
  router.setLimits('{"maxQueueRecords":100}');
  tell(router, asker, 0);
  const flood = Array.from({ length: 1_000 }, (_, id) => [CALL, [id, "asker"], 0, 1]);
  routePacket(router, rogue, CALLS, JSON.stringify(flood));
  const { windows } = statsOf(router);
  // A quarter is kept for main, and a quarter of the rest for other windows.
  assert.deepEqual([windows.asker.queued, windows.asker.refused], [57, 943]);
  const nacks = records(router);
  assert.equal(nacks.length, 943);
  for (const [to, [kind, , code]] of nacks) {
    assert.deepEqual([to, kind, code], [rogue, 6, "ERR_QUEUE_FULL"]);
  }
  say(rogue, ...Array.from({ length: 1_000 }, (_, id) => [ABORT, id, 0, 1]));
  assert.equal(statsOf(router).windows.asker.queued, 0);
  say(rogue, ...Array.from({ length: 1_000 }, (_, n) => [ANSWER, [n, 1], 0, 1]));
  call(router, "callee", 1, '"still there?"');
  assert.equal(records(router).length, 1);
  // None of the aborts belongs to a request to main.
  assert.equal(statsOf(router).mainProcess.accepted, 0);
});

const anyId = fc.oneof(fc.nat(6), fc.maxSafeNat());
const anyName = fc.constantFrom("asker", "callee", "rogue", "nobody");
const rogueRecord = fc.oneof(
  fc.tuple(fc.constant(CALL), fc.tuple(anyId, anyName), fc.constant(0), fc.nat()),
  fc.tuple(
    fc.constant(ANSWER),
    fc.tuple(anyId, fc.constantFrom(0, 1, 2, true)),
    fc.constant(0),
    fc.constant("forged"),
  ),
  fc.tuple(fc.constant(ABORT), anyId, fc.constant(0), fc.constant("forged")),
  fc.tuple(fc.constant(1), anyId, fc.constant(0), fc.nat()),
  fc.jsonValue({ maxDepth: 2 }),
);

test("whatever a window sends, others' calls are settled by their callee and nobody else", () => {
  fc.assert(
    fc.property(fc.array(fc.array(rogueRecord, { maxLength: 5 }), { maxLength: 10 }), (packets) => {
      const world = three();
      const { router, asker, rogue, say } = world;
      const numbers = ask(world);
      for (const packet of packets) {
        try {
          say(rogue, JSON.stringify(packet));
        } catch (error) {
          assert.equal(error.code, "ERR_BAD_PACKET");
        }
      }
      for (const [to, [kind, ...rest]] of records(router)) {
        // Of what the rogue says, others get its calls, under its own name.
        if (to !== rogue && to !== MAIN) assert.deepEqual([kind, rest[1]], [CALL, "rogue"]);
        if (to === asker) assert.equal(kind, CALL);
        if (to === MAIN) assert.notEqual(kind, 5);
      }
      assertAnswered(world, numbers);
      const { total } = statsOf(router);
      assert.equal(total.accepted, total.delivered + total.queued + total.dropped);
    }),
    { numRuns: 500 },
  );
});
