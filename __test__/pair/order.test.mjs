import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { Lane } from "./bundle.mjs";
import { twoPages } from "./pair.mjs";

const range = (count) => Array.from({ length: count }, (_, i) => i);

test("messages from main arrive in the order in which they were sent", async () => {
  const { pair, main, a } = twoPages();
  const got = a.inbox(Lane.FromMain);
  for (const i of range(100)) {
    main.send("a", i);
    if (i % 7 === 0) await turn();
  }
  await pair.quiet();
  assert.deepEqual(got, range(100));
});

test("requests arrive in order, and each gets its own answer", async () => {
  const { main, a } = twoPages();
  const got = [];
  main.handle((_, msg) => got.push(msg) && -msg);
  const answers = [];
  for (const i of range(100)) {
    answers.push(a.request(i));
    if (i % 7 === 0) await turn();
  }
  assert.deepEqual(
    await Promise.all(answers),
    range(100).map((i) => -i),
  );
  assert.deepEqual(got, range(100));
});

test("answers that come late go to the request that they answer", async () => {
  const { main, a } = twoPages();
  const waiting = [];
  main.handle((_, msg) => new Promise((answer) => waiting.unshift(() => answer(msg))));
  const answers = range(10).map((i) => a.request(i));
  await turn();
  await turn();
  for (const answer of waiting) {
    answer();
    await turn();
  }
  assert.deepEqual(await Promise.all(answers), range(10));
});

test("messages from window to window arrive in order, under the sender's name", async () => {
  const { pair, a, b } = twoPages();
  const got = [];
  b.on(Lane.FromOther, ({ windowName }, msg) => got.push([windowName, msg]));
  for (const i of range(50)) {
    a.send("b", i);
    if (i % 7 === 0) await turn();
  }
  await pair.quiet();
  assert.deepEqual(
    got,
    range(50).map((i) => ["a", i]),
  );
});

test("a window without a name has no name as a sender", async () => {
  const { pair, b } = twoPages();
  const seen = [];
  b.on(Lane.FromOther, (event) => seen.push(event.windowName));
  pair.open().send("b", 1);
  await pair.quiet();
  assert.deepEqual(seen, [undefined]);
});

test("a window may send to itself", async () => {
  const { pair, a } = twoPages();
  const got = a.inbox(Lane.FromOther);
  a.send("a", "me");
  await pair.quiet();
  assert.deepEqual(got, ["me"]);
});

test("messages of more than a packet arrive in order", async () => {
  const { pair, main, a } = twoPages();
  const got = a.inbox(Lane.FromMain);
  const large = "x".repeat(400_000);
  for (const i of range(12)) main.send("a", [i, large]);
  await pair.quiet();
  assert.deepEqual(
    got.map(([i]) => i),
    range(12),
  );
});

test("messages wait for the first listener, and arrive before what is sent later", async () => {
  const { pair, main, a } = twoPages();
  for (const i of range(5)) main.send("a", i);
  await pair.quiet();
  const got = a.inbox(Lane.FromMain);
  main.send("a", 5);
  await pair.quiet();
  main.send("a", 6);
  await pair.quiet();
  assert.deepEqual(got, range(7));
});

test("requests wait for the first handler, in order", async () => {
  const { pair, main, a } = twoPages();
  const answers = range(5).map((i) => a.request(i));
  await pair.quiet();
  const got = [];
  main.handle((_, msg) => got.push(msg));
  await Promise.all(answers);
  assert.deepEqual(got, range(5));
});

test("who awaits a reply goes on before a listener gets what main sent after it", async () => {
  const { pair, main, a } = twoPages();
  const log = [];
  a.on(Lane.FromMain, (_, msg) => log.push(msg));
  await pair.quiet();
  main.handle((_, msg) => {
    main.send("a", `before ${msg}`);
    Promise.resolve().then(() => main.send("a", `after ${msg}`));
    return msg;
  });
  const ask = async (msg) => log.push(`answer ${await a.request(msg)}`);
  await Promise.all([ask(1), ask(2)]);
  await pair.quiet();
  for (const n of [1, 2]) {
    assert.ok(log.indexOf(`before ${n}`) < log.indexOf(`answer ${n}`), log.join());
    assert.ok(log.indexOf(`answer ${n}`) < log.indexOf(`after ${n}`), log.join());
  }
});

test("in one packet, an awaiter runs before the listener of the next record", async () => {
  const { pair, main, a } = twoPages();
  const log = [];
  a.on(Lane.FromMain, (_, msg) => log.push(msg));
  await pair.quiet();
  main.handle((_, msg) => {
    main.send("a", `with ${msg}`);
    return msg;
  });
  const ask = async (msg) => log.push(`answer ${await a.request(msg)}`);
  await Promise.all([ask(1), ask(2)]);
  assert.deepEqual(log, ["with 1", "answer 1", "with 2", "answer 2"]);
});

test("what arrives after the last listener left waits for the next one, in order", async () => {
  const { pair, main, a } = twoPages();
  const off = a.on(Lane.FromMain, () => assert.fail("it was removed"));
  await pair.quiet();
  main.send("a", 1);
  main.send("a", 2);
  await turn();
  off();
  await pair.quiet();
  main.send("a", 3);
  await pair.quiet();
  const got = a.inbox(Lane.FromMain);
  await pair.quiet();
  assert.deepEqual(got, [1, 2, 3]);
});

test("a listener that leaves amid a packet leaves the rest to the next listener", async () => {
  const { pair, main, a } = twoPages();
  const first = [];
  const off = a.on(Lane.FromMain, (_, msg) => {
    first.push(msg);
    off();
  });
  await pair.quiet();
  for (const i of range(3)) main.send("a", i);
  await pair.quiet();
  const second = a.inbox(Lane.FromMain);
  await pair.quiet();
  assert.deepEqual([first, second], [[0], [1, 2]]);
});

test("a listener added after a reply gets what waited before what comes later", async () => {
  const { pair, main, a } = twoPages();
  const off = a.on(Lane.FromMain, () => undefined);
  await pair.quiet();
  main.handle((_, msg) => {
    main.send("a", msg);
    return msg;
  });
  const answers = [a.request(1), a.request(2)];
  await turn();
  off();
  await answers[0];
  const got = a.inbox(Lane.FromMain);
  await pair.quiet();
  assert.deepEqual(got, [1, 2]);
});

test("off and on again in one turn loses nothing", async () => {
  const { pair, main, a } = twoPages();
  const off = a.on(Lane.FromMain, () => undefined);
  await pair.quiet();
  for (const i of range(3)) main.send("a", i);
  off();
  const got = a.inbox(Lane.FromMain);
  await pair.quiet();
  assert.deepEqual(got, range(3));
});
