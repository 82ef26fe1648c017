import assert from "node:assert/strict";
import { test } from "node:test";
import { Lane } from "./bundle.mjs";
import { twoPages } from "./pair.mjs";
import { CALLS, start } from "./ways.mjs";

/** Asks, and logs when the asker goes on. */
async function asking(log, ask, msg) {
  log.push(`answer ${await ask(msg)}`);
}

function assertBefore(log, first, second) {
  assert.ok(log.includes(first) && log.includes(second), log.join());
  assert.ok(log.indexOf(first) < log.indexOf(second), log.join());
}

test("main goes on with an answer before it handles what the window asked after it", async () => {
  const { pair, main, b } = twoPages();
  const log = [];
  main.handle((_, msg) => log.push(msg));
  b.handle((_, msg) => {
    b.request(`before ${msg}`);
    Promise.resolve().then(() => b.request(`after ${msg}`));
    return msg;
  });
  await pair.quiet();
  await Promise.all([1, 2].map((n) => asking(log, (msg) => main.call("b", msg, {}), n)));
  await pair.quiet();
  for (const n of [1, 2]) {
    assertBefore(log, `before ${n}`, `answer ${n}`);
    assertBefore(log, `answer ${n}`, `after ${n}`);
  }
});

test("main goes on with a late answer before it handles what came in the same packet", async () => {
  const { pair, main, b } = twoPages();
  const log = [];
  main.handle((_, msg) => log.push(msg));
  let answer;
  b.handle(() => new Promise((done) => (answer = done)));
  const asked = asking(log, (msg) => main.call("b", msg, {}), 1);
  await pair.quiet();
  answer("late");
  await Promise.resolve();
  await Promise.resolve();
  for (const n of [1, 2]) b.request(`after ${n}`);
  await asked;
  await pair.quiet();
  assert.deepEqual(log, ["answer late", "after 1", "after 2"]);
});

test("main goes on with each of two answers before what lies between and behind them", async () => {
  const { pair, main, b } = twoPages();
  const log = [];
  main.handle((_, msg) => log.push(msg));
  b.handle(() => new Promise(() => undefined));
  const asked = [1, 2].map((n) => asking(log, (msg) => main.call("b", msg, {}), n));
  await pair.quiet();
  const packet = [
    [8, [1, 1], 0, "one"],
    [1, 1, 0, "between"],
    [8, [2, 1], 0, "two"],
    [1, 2, 0, "behind"],
  ];
  pair.up(b, Lane.Requests, JSON.stringify(packet));
  await Promise.all(asked);
  await pair.quiet();
  assert.deepEqual(log, ["answer one", "between", "answer two", "behind"]);
});

test("what main's asker does with an answer is done before the next packet is handled", async () => {
  const { pair, main, a, b } = twoPages();
  const log = [];
  main.handle((_, msg) => log.push(msg));
  b.handle((_, msg) => msg);
  await pair.quiet();
  const asked = (async () => {
    for (const n of [1, 2, 3]) await asking(log, (msg) => main.call("b", msg, {}), n);
  })();
  for (const n of [1, 2, 3]) {
    await a.request(`a ${n}`);
    await b.request(`b ${n}`);
  }
  await asked;
  for (const name of ["a", "b", "answer"]) {
    const mine = log.filter((entry) => entry.startsWith(`${name} `));
    assert.deepEqual(
      mine,
      [1, 2, 3].map((n) => `${name} ${n}`),
    );
  }
});

for (const way of CALLS.filter(({ fromMain }) => !fromMain)) {
  test(`${way.way}: the asker goes on before a listener gets what was sent after the answer`, async () => {
    const { pair, ask, handle, answerer, asker } = start(way);
    const log = [];
    asker.on(Lane.FromOther, (_, msg) => log.push(msg));
    await pair.quiet();
    handle((_, msg) => {
      answerer.send(asker.name, `before ${msg}`);
      Promise.resolve().then(() => answerer.send(asker.name, `after ${msg}`));
      return msg;
    });
    await Promise.all([1, 2].map((n) => asking(log, ask, n)));
    await pair.quiet();
    for (const n of [1, 2]) {
      assertBefore(log, `before ${n}`, `answer ${n}`);
      assertBefore(log, `answer ${n}`, `after ${n}`);
    }
  });
}

test("a message sent before a call is received before it, and one sent after it behind", async () => {
  const { pair, main, a, b } = twoPages();
  const log = [];
  b.on(Lane.FromMain, (_, msg) => log.push(msg));
  b.on(Lane.FromOther, (_, msg) => log.push(msg));
  b.handle((_, msg) => log.push(msg));
  await pair.quiet();
  main.send("b", "main 1");
  main.call("b", "main 2", {});
  main.send("b", "main 3");
  a.send("b", "a 1");
  a.call("b", "a 2");
  a.send("b", "a 3");
  await pair.quiet();
  for (const name of ["main", "a"]) {
    assert.deepEqual(
      log.filter((entry) => entry.startsWith(`${name} `)),
      [1, 2, 3].map((n) => `${name} ${n}`),
    );
  }
});
