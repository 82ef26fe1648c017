import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Lane, payloadOf, singleOf } from "./bundle.mjs";
import { Pair } from "./pair.mjs";

/** Counts the crossings of a pair's messages into the router, by their names. */
function crossingsOf(pair) {
  const crossings = {};
  const count = (owner, method) => {
    const original = owner[method];
    owner[method] = (...args) => {
      crossings[method.slice(1)] = (crossings[method.slice(1)] ?? 0) + 1;
      return original(...args);
    };
  };
  count(pair.batches, "_exchange");
  for (const method of ["_admitRequest", "_admitAnswer", "_admitMessage"]) {
    count(pair.batches.admission, method);
  }
  return crossings;
}

/** Windows "a" and "b", of which "b" listens to all messages, and a handler in main. */
async function opened(handler = (event, msg) => ({ got: msg, from: event.windowName })) {
  const pair = new Pair();
  pair.main.handle(handler);
  const [a, b] = [pair.open("a"), pair.open("b")];
  const got = [];
  b.on(Lane.FromMain, (_event, msg) => got.push(["main", msg]));
  b.on(Lane.FromOther, (event, msg) => got.push([event.windowName, msg]));
  // The first request of a page brings its lanes.
  await a.request(0);
  await pair.quiet();
  return { pair, a, b, got };
}

test("a lone request and its answer cross to the router as numbers", async () => {
  const { pair, a } = await opened();
  const crossings = crossingsOf(pair);
  assert.deepEqual(await a.request({ list: [1, 2] }), { got: { list: [1, 2] }, from: "a" });
  assert.deepEqual(crossings, { admitRequest: 1, admitAnswer: 1 });
  assert.deepEqual(pair.stats().mainProcess.delivered, 2);
});

test("a lone message to a window crosses to the router as numbers", async () => {
  const { pair, a, got } = await opened();
  const crossings = crossingsOf(pair);
  pair.main.send("b", "hello");
  await pair.quiet();
  a.send("b", { text: "]],[[" });
  await pair.quiet();
  assert.deepEqual(crossings, { admitMessage: 2 });
  assert.deepEqual(got, [
    ["main", "hello"],
    ["a", { text: "]],[[" }],
  ]);
});

test("an answer that comes later is alone too, and several answers cross as one text", async () => {
  const waiting = [];
  const later = (_event, msg) => msg && new Promise((resolve) => waiting.push(resolve));
  const { pair, a } = await opened(later);
  const answers = [];
  const ask = () => a.request(1).then((it) => answers.push(it));
  ask();
  await pair.quiet();
  const crossings = crossingsOf(pair);
  for (const resolve of waiting.splice(0)) resolve("late");
  await pair.quiet();
  for (let n = 0; n < 3; n++) ask();
  await pair.quiet();
  for (const resolve of waiting.splice(0)) resolve("late");
  await pair.quiet();
  assert.equal(answers.length, 4);
  assert.equal(crossings.admitAnswer, 1);
  // The requests in, and the answers out.
  assert.equal(crossings.exchange, 2);
});

test("a call that waits for a handler gets its error, though an answer goes by itself", async () => {
  const pair = new Pair({ handlerWaitMs: 20 });
  pair.main.handle(() => "answer");
  const [a] = [pair.open("a"), pair.open("b")];
  await a.request(0);
  // One packet brings both, so that the answer is sent while the router says that a call waits.
  const called = a.call("b", 1);
  assert.equal(await a.request(2), "answer");
  await assert.rejects(called, { code: "ERR_NO_HANDLER" });
});

test("the sender's name is the one that its window has when its message comes", async () => {
  const { pair, a, got } = await opened();
  a.send("b", 1);
  await pair.quiet();
  pair.router.unnameWindow("a");
  a.send("b", 2);
  await pair.quiet();
  pair.router.nameWindow("c", a.contents);
  a.send("b", 3);
  assert.equal((await a.request(4)).from, "c");
  await pair.quiet();
  assert.deepEqual(got, [
    ["a", 1],
    [undefined, 2],
    ["c", 3],
  ]);
  for (const name of ["b", "c"]) pair.router.unnameWindow(name);
  pair.router.nameWindow("b", a.contents);
  a.on(Lane.FromMain, (_event, msg) => got.push(["a's", msg]));
  await pair.quiet();
  pair.main.send("b", 5);
  await pair.quiet();
  assert.deepEqual(got.at(-1), ["a's", 5]);
});

const value = fc.jsonValue();
const address = fc.oneof(fc.nat(), fc.string());
const record = fc.tuple(fc.constantFrom(1, 2, 7, 9), address, fc.constantFrom(0, 1, 2), value);

test("only a packet of one record that is written as this package writes it is single", () => {
  const law = (records) => {
    const packet = JSON.stringify(records);
    const single = singleOf(packet);
    const [first] = records;
    const [kind, to, form] = first ?? [];
    const isRight = kind === 1 ? Number.isInteger(to) : kind === 2 && typeof to === "string";
    const isSingle = records.length === 1 && isRight && form < 2;
    // A name with a quotation mark in it may be read by the router, and so may a long packet.
    const mayBeEither = String(to).includes('"') || packet.length >= 2_000;
    if (!mayBeEither || !isSingle) assert.equal(single !== undefined, isSingle, packet);
    if (!single) return;
    assert.deepEqual(JSON.stringify([single.record]), packet);
    assert.equal(payloadOf(packet, single), JSON.stringify(first[3]));
  };
  fc.assert(fc.property(fc.array(record, { maxLength: 2 }), law), { numRuns: 2_000 });
});

test("what a page forges is never single, so that the router reads it", () => {
  const forged = [
    "",
    "[]",
    "[[1,2,0,1]",
    "[[1,2,0,1]] ",
    "[[1,2,0,1],[1,3,0,1]]",
    "[[1,2,0,1,5]]",
    "[[1,2,0]]",
    "[[1, 2,0,1]]",
    "[[1,2.0,0,1]]",
    "[[1,2e0,0,1]]",
    "[[1,-1,0,1]]",
    "[[1,02,0,1]]",
    "[[1,,0,1]]",
    "[[1,12345678901234567890,0,1]]",
    "[[1,2,0,1]]]]",
    "[[1,2,0,1],[1,3,0,1,[2]]",
    "[[1,2,0,1] ,[1,3,0,1]]",
    "[[1",
    "[[2]]",
    '[[2,"b]]',
    '[[2,b",0,1]]',
    '[[2,"b"",0,1]]',
    "[[1,1e400,0,1]]",
    '[[1,"2",0,1]]',
    "[[1,[2,50],0,1]]",
    "[[1,2,2,1]]",
    "[[1,2,-1,1]]",
    '[[2,"b",0,1],[9,1,0,1]]',
    '[[2,"\\u0062",0,1]]',
    '[[2,"b",0,]]',
    '[[2,"b",0,1]],[[2,"b",0,1]]',
    "[[3,0,1]]",
    "[[1,2,0,{]]",
  ];
  for (const packet of forged) assert.equal(singleOf(packet), undefined, packet);
  for (const id of [0, 10, 999_999_999_999_999]) assert.ok(singleOf(`[[1,${id},0,1]]`), id);
  assert.ok(singleOf("[[1,2,0,[[1],[2]]]]"));
  assert.ok(singleOf('[[2,"b",1,["u"]]]'));
});
