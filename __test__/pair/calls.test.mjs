import assert from "node:assert/strict";
import { test } from "node:test";
import { Lane } from "./bundle.mjs";
import { Pair, twoPages } from "./pair.mjs";
import { CALLS, outcome, slowHandler, start } from "./ways.mjs";

const range = (count) => Array.from({ length: count }, (_, i) => i);
const later = (value) => new Promise((done) => setTimeout(done, 2, value));

for (const way of CALLS) {
  test(`${way.way}: the handler gets the message, and the asker its answer`, async () => {
    const { ask, handle } = start(way);
    const got = [];
    handle((_, msg) => got.push(msg) && { sum: msg.x + msg.y });
    assert.deepEqual(await ask({ x: 1, y: 2 }), { sum: 3 });
    assert.deepEqual(got, [{ x: 1, y: 2 }]);
  });

  test(`${way.way}: the handler learns who asks`, async () => {
    const { ask, handle } = start(way);
    const events = [];
    handle((event) => void events.push(event));
    await ask(1);
    const [{ fromMain, windowName, origin, signal }] = events;
    const from = way.fromMain ? undefined : "file://";
    assert.deepEqual([fromMain, windowName, origin], [way.fromMain, way.windowName, from]);
    assert.ok(signal instanceof AbortSignal);
    assert.equal(signal.aborted, false);
  });

  test(`${way.way}: a handler cannot change what another learns`, async () => {
    const { ask, handle } = start(way);
    handle((event) => {
      assert.throws(() => {
        event.windowName = "forged";
      }, TypeError);
    });
    handle((event) => String(event.windowName));
    assert.equal(await ask(1), String(way.windowName));
  });

  test(`${way.way}: answers that come late go to the call that they answer`, async () => {
    const { pair, ask, handle } = start(way);
    const { calls, handler } = slowHandler();
    handle(handler);
    const answers = range(10).map((i) => ask(i));
    await pair.quiet();
    for (const { msg, resolve } of calls.reverse()) {
      resolve(-msg);
      await pair.quiet();
    }
    assert.deepEqual(
      await Promise.all(answers),
      range(10).map((i) => -i),
    );
  });

  test(`${way.way}: calls are handled in the order in which they were made`, async () => {
    const { ask, handle } = start(way);
    const got = [];
    handle((_, msg) => got.push(msg));
    await Promise.all(range(50).map((i) => ask(i)));
    assert.deepEqual(got, range(50));
  });

  test(`${way.way}: calls and answers of more than a packet arrive`, async () => {
    const { ask, handle } = start(way);
    handle((_, [i, text]) => [-i, text]);
    const large = "x".repeat(400_000);
    const answers = await Promise.all(range(8).map((i) => ask([i, large])));
    assert.deepEqual(
      answers.map(([i, text]) => [i, text.length]),
      range(8).map((i) => [-i, large.length]),
    );
  });

  test(`${way.way}: the answer is the first of several that is not undefined`, async () => {
    const { ask, handle } = start(way);
    const got = [];
    handle((_, msg) => void got.push(["first", msg]));
    handle(() => later(undefined));
    handle(() => later("slow, but first"));
    const undo = handle((_, msg) => got.push(["last", msg]) && "quick");
    assert.equal(await ask(1), "slow, but first");
    assert.deepEqual(got, [
      ["first", 1],
      ["last", 1],
    ]);
    undo();
    undo();
    await ask(2);
    assert.deepEqual(got.slice(2), [["first", 2]]);
  });

  test(`${way.way}: the same handler twice counts once`, async () => {
    const { ask, handle } = start(way);
    let calls = 0;
    const handler = () => ++calls;
    handle(handler);
    handle(handler);
    assert.equal(await ask(1), 1);
  });

  test(`${way.way}: handlers that answer nothing answer undefined`, async () => {
    const { ask, handle } = start(way);
    handle(() => undefined);
    assert.deepEqual(await outcome(ask(1)), ["answer", undefined]);
    handle(() => later(undefined));
    assert.deepEqual(await outcome(ask(2)), ["answer", undefined]);
  });

  test(`${way.way}: an error behind the answer is nobody's`, async () => {
    const { pair, ask, handle } = start(way);
    handle(() => "answer");
    handle(() => Promise.reject(new Error("late")));
    handle(() => {
      throw new Error("later");
    });
    assert.equal(await ask(1), "answer");
    await pair.quiet();
  });

  test(`${way.way}: calls that arrive as the handler is removed wait for the next one, in order`, async () => {
    const { pair, ask, handle } = start(way);
    const undo = handle(() => assert.fail("it was removed"));
    await pair.quiet();
    const got = [];
    const asked = range(3).map((i) => ask(i));
    // The calls are on their way before the word that nobody handles them any more.
    await Promise.resolve();
    undo();
    await pair.quiet();
    const late = ask(3);
    handle((_, msg) => got.push(msg) && msg);
    assert.deepEqual(await Promise.all([...asked, late]), range(4));
    assert.deepEqual(got, range(4));
  });

  test(`${way.way}: if no handler comes, such a call is rejected after 5,000 ms`, async (t) => {
    const { pair, ask, handle } = start(way);
    const undo = handle(() => assert.fail("it was removed"));
    await pair.quiet();
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const asked = outcome(ask(1));
    await Promise.resolve();
    undo();
    await pair.quiet();
    t.mock.timers.tick(4999);
    assert.equal(await Promise.race([asked, Promise.resolve("pending")]), "pending");
    t.mock.timers.tick(1);
    const [settled, error] = await asked;
    assert.deepEqual([settled, error.code], ["error", "ERR_NO_HANDLER"]);
  });

  test(`${way.way}: if its asker gives such a call up, the next handler does not get it`, async () => {
    const { pair, ask, handle } = start(way);
    const undo = handle(() => assert.fail("it was removed"));
    await pair.quiet();
    const controller = new AbortController();
    const asked = outcome(ask(1, { signal: controller.signal }));
    await Promise.resolve();
    undo();
    await pair.quiet();
    controller.abort();
    await pair.quiet();
    handle(() => assert.fail("it was given up"));
    await pair.quiet();
    assert.equal((await asked)[1].name, "AbortError");
  });

  test(`${way.way}: the counters add up, an answer counting as a message`, async () => {
    const { pair, ask, handle } = start(way);
    handle((_, msg) => msg);
    await Promise.all(range(5).map((i) => ask(i)));
    const { total } = pair.stats();
    assert.deepEqual([total.accepted, total.delivered, total.queued], [10, 10, 0]);
    assert.deepEqual([total.dropped, total.refused], [0, 0]);
  });
}

test("three askers that ask at once under the same ids each get their own answers", async () => {
  const { pair, main, a, b } = twoPages();
  const c = pair.open("c");
  const { calls, handler } = slowHandler();
  c.handle(handler);
  const askers = [main, a, b, c];
  const asked = askers.flatMap((asker, i) => range(3).map((n) => asker.call("c", [i, n], {})));
  await pair.quiet();
  assert.equal(calls.length, 12);
  for (const { msg, resolve } of calls.reverse()) resolve(msg);
  const expected = askers.flatMap((_, i) => range(3).map((n) => [i, n]));
  assert.deepEqual(await Promise.all(asked), expected);
});

test("one page's requests to main, calls to windows and calls to itself do not mix", async () => {
  const { main, a, b } = twoPages();
  main.handle((_, msg) => later(`main ${msg}`));
  a.handle((_, msg) => `a ${msg}`);
  b.handle((_, msg) => later(`b ${msg}`));
  const asked = range(9).map(
    (i) => [() => a.request(i), () => a.call("b", i), () => a.call("a", i)][i % 3],
  );
  assert.deepEqual(
    await Promise.all(asked.map((ask) => ask())),
    range(9).map((i) => `${["main", "b", "a"][i % 3]} ${i}`),
  );
});

test("a handler may ask on: back to its asker, to main, to a third", async () => {
  const { pair, main, a, b } = twoPages();
  const c = pair.open("c");
  main.handle((_, msg) => main.call("c", [...msg, "main"], {}));
  a.handle((_, msg) => [...msg, "a"]);
  b.handle(async (event, msg) => a.request(await b.call(event.windowName, [...msg, "b"])));
  c.handle((_, msg) => [...msg, "c"]);
  assert.deepEqual(await a.call("b", []), ["b", "a", "main", "c"]);
});

test("who asks main under a window's name is the window, and without a name nobody", async () => {
  const { pair, b } = twoPages();
  b.handle(({ fromMain, windowName }) => [fromMain, windowName]);
  assert.deepEqual(await pair.open().call("b", 1), [false, undefined]);
  assert.deepEqual(await pair.open("main").call("b", 1), [false, "main"]);
});

test("a subframe's calls carry its origin, and its answer reaches it", async () => {
  const { pair, a, b } = twoPages();
  const subframe = pair.load(a.contents, "a", 4 * 1000 + 2, "https://example.com");
  b.handle(({ windowName, origin }, msg) => [windowName, origin, msg]);
  assert.deepEqual(await subframe.call("b", 1), ["a", "https://example.com", 1]);
  const unnamed = pair.open();
  const other = pair.load(unnamed.contents, undefined, 4 * 1001 + 2, "null");
  assert.deepEqual(await other.call("b", 2), [undefined, "null", 2]);
});

test("a call goes to the page's world before the preload's, and to a subframe last", async () => {
  const { pair, main, a } = twoPages();
  const worlds = {
    subframe: pair.load(a.contents, "a", 4 * 1000 + 3, "https://example.com"),
    preload: a,
    page: pair.load(a.contents, "a", a.link + 1),
  };
  const undo = {};
  const answers = [];
  for (const [name, world] of Object.entries(worlds)) {
    undo[name] = world.handle(() => name);
    await pair.quiet();
    answers.push(await main.call("a", 1, {}));
  }
  assert.deepEqual(answers, ["subframe", "preload", "page"]);
  for (const name of ["page", "preload"]) {
    undo[name]();
    await pair.quiet();
    answers.push(await main.call("a", 1, {}));
  }
  assert.deepEqual(answers.slice(3), ["preload", "subframe"]);
});

test("no other window and no other world can answer a call", async () => {
  const { pair, main, a, b } = twoPages();
  const preload = pair.load(b.contents, "b", b.link + 1);
  const { calls, handler } = slowHandler();
  preload.handle(handler);
  await pair.quiet();
  const asked = main.call("b", "real?", {});
  await pair.quiet();
  for (const forger of [a, b]) pair.up(forger, 0, '[[8,[1,1],0,"forged"],[8,[1,0],0,"forged"]]');
  await pair.quiet();
  assert.deepEqual(pair.refused, []);
  calls[0].resolve("real");
  assert.equal(await asked, "real");
});

test("an answer that cannot be read is the asker's error, and the next arrives", async () => {
  const { pair, main, b } = twoPages();
  b.handle(() => new Promise(() => undefined));
  const asked = [outcome(main.call("b", 1, {})), outcome(main.call("b", 2, {}))];
  await pair.quiet();
  pair.up(b, Lane.Requests, '[[8,[1,1],1,["\x7f","?"]],[8,[2,1],0,"fine"]]');
  const [[, error], next] = await Promise.all(asked);
  assert.deepEqual(
    [error.code, error.message],
    ["ERR_BAD_PACKET", "electron-switchyard: the message could not be read"],
  );
  assert.deepEqual(next, ["answer", "fine"]);
});

test("a call that cannot be read is its asker's error, and the next is handled", async () => {
  const { pair, a, b } = twoPages();
  const got = [];
  b.handle((_, msg) => got.push(msg));
  const packets = [];
  a.deliver = (packet) => packets.push(...JSON.parse(packet));
  pair.up(a, 0, '[[7,[1,"b"],1,["\x7f","?"]],[7,[2,"b"],0,"ok"]]');
  await pair.quiet();
  assert.deepEqual(got, ["ok"]);
  const [bad, good] = packets;
  assert.deepEqual(bad.slice(0, 3), [5, 1, 0]);
  assert.match(JSON.stringify(bad), /ERR_BAD_PACKET/);
  assert.deepEqual(good, [5, 2, 1, 0, 1]);
});

test("an id that names an open call is rejected, and the open call is answered", async () => {
  const { pair, a, b } = twoPages();
  const { calls, handler } = slowHandler();
  b.handle(handler);
  const asked = outcome(a.call("b", "first"));
  await pair.quiet();
  const packets = [];
  const { deliver } = a;
  a.deliver = (packet, ...rest) => {
    packets.push(...JSON.parse(packet));
    if (packets.every(([kind]) => kind === 5)) deliver(packet, ...rest);
  };
  pair.up(a, 0, '[[7,[1,"b"],0,"second"]]');
  await pair.quiet();
  assert.deepEqual(
    packets.map((nack) => nack.slice(0, 3)),
    [[6, 1, "ERR_BAD_PACKET"]],
  );
  assert.deepEqual(
    calls.map(({ msg }) => msg),
    ["first"],
  );
  packets.length = 0;
  calls[0].resolve("answer");
  assert.deepEqual(await asked, ["answer", "answer"]);
});

test("a window that asks for an unknown one gets the names, and its packet goes on", async () => {
  const { pair, main, a, b } = twoPages();
  const got = b.inbox(Lane.FromOther);
  const unknown = { code: "ERR_UNKNOWN_WINDOW", message: /"nobody".*"a", "b"/ };
  const asked = a.call("nobody", new Uint8Array(9));
  a.send("b", 1);
  await assert.rejects(asked, unknown);
  await assert.rejects(asked, { message: /^electron-switchyard: callOtherRender: / });
  // A promise of main's rejects too: nothing but options and values throws.
  await assert.rejects(main.call("nobody", new Uint8Array(9), {}), unknown);
  await pair.quiet();
  assert.deepEqual(got, [1]);
  assert.equal(pair.stats().unknownWindow, 2);
  assert.equal(pair.held(), 0);
});

test("a name with a lone surrogate is an unknown window, or the one that was named so", async () => {
  const { pair, main, a } = twoPages();
  for (const asker of [main, a]) {
    await assert.rejects(asker.call("\ud800", 1, {}), { code: "ERR_UNKNOWN_WINDOW" });
  }
  pair.open("odd\udfff").handle(() => "odd");
  for (const asker of [main, a]) assert.equal(await asker.call("odd\udfff", 1, {}), "odd");
});

test("windows under the names of Object's members are asked as any other", async () => {
  const pair = new Pair();
  for (const name of ["__proto__", "constructor", "toString"]) {
    pair.open(name).handle((event, msg) => [name, event.windowName, msg]);
    assert.deepEqual(await pair.main.call(name, 1, {}), [name, undefined, 1]);
  }
});
