import assert from "node:assert/strict";
import { test } from "node:test";
import { Lane } from "./bundle.mjs";
import { twoPages } from "./pair.mjs";

/** What a request is rejected with when its handler throws `error`. */
async function rejection(error, { late = false } = {}) {
  const { main, a } = twoPages();
  main.handle(() => {
    if (late) return Promise.reject(error);
    throw error;
  });
  return a.request(1).then(
    () => assert.fail("it was answered"),
    (reason) => reason,
  );
}

test("a handler's error keeps class, message, stack, code, cause and own properties", async () => {
  const error = Object.assign(new TypeError("bad", { cause: new RangeError("deep") }), {
    code: "E_MINE",
    detail: { n: 1 },
  });
  for (const late of [false, true]) {
    const got = await rejection(error, { late });
    assert.ok(got instanceof TypeError);
    assert.equal(got.message, "bad");
    assert.equal(got.stack, error.stack);
    assert.equal(got.code, "E_MINE");
    assert.deepEqual(got.detail, { n: 1 });
    assert.ok(got.cause instanceof RangeError);
    assert.equal(got.cause.message, "deep");
  }
});

test("an error of a class of the app keeps its name", async () => {
  class NotFound extends Error {
    name = "NotFound";
  }
  const got = await rejection(new NotFound("x"));
  assert.ok(got instanceof Error);
  assert.equal(String(got), "NotFound: x");
});

test("a property of an error that cannot be sent does not hide the error", async () => {
  const got = await rejection(Object.assign(new Error("real"), { retry: () => 1, n: 2 }));
  assert.equal(got.message, "real");
  assert.equal(got.n, 2);
});

test("whatever can be thrown rejects the request", async () => {
  for (const thrown of ["text", 5, null, undefined, { code: "X" }, [1]]) {
    assert.deepEqual(await rejection(thrown), thrown);
    assert.deepEqual(await rejection(thrown, { late: true }), thrown);
  }
  for (const thrown of [() => 1, Symbol("s"), new WeakMap()]) {
    assert.equal((await rejection(thrown)).code, "ERR_NOT_CLONEABLE");
  }
});

test("an answer that cannot be sent rejects, and the message says where", async () => {
  for (const late of [false, true]) {
    const { main, a } = twoPages();
    const answer = { rows: [{ save: () => 1 }] };
    main.handle(() => (late ? Promise.resolve(answer) : answer));
    await assert.rejects(a.request(1), {
      code: "ERR_NOT_CLONEABLE",
      message: /answer\.rows\[0\]\.save is a function/,
    });
  }
});

test("an answer that is nested beyond the stack rejects", async () => {
  const { main, a } = twoPages();
  let deep = [];
  for (let i = 0; i < 100_000; i++) deep = [deep];
  main.handle(() => deep);
  await assert.rejects(a.request(1), { code: "ERR_NOT_CLONEABLE", message: /nested too deeply/ });
});

/** Throws whenever it is looked at. */
function hostile() {
  const trap = () => {
    throw new Proxy({}, { get: trap, ownKeys: trap, getPrototypeOf: trap, has: trap });
  };
  return new Proxy({}, { get: trap, ownKeys: trap, getPrototypeOf: trap, has: trap });
}

test("an answer or error that throws when looked at still settles its request, and the next", async () => {
  for (const act of [
    () => hostile(),
    () => {
      throw hostile();
    },
    async () => {
      throw hostile();
    },
    () => ({
      get member() {
        throw hostile();
      },
    }),
  ]) {
    const { pair, main, a } = twoPages();
    main.handle((_, msg) => (msg === "hostile" ? act() : msg));
    const settled = Promise.allSettled([a.request("hostile"), a.request("next")]);
    const states = await Promise.race([settled, pair.quiet().then(() => pair.quiet())]);
    assert.ok(states, `not settled: ${act}`);
    assert.equal(states[0].status, "rejected");
    assert.equal(states[1].value, "next");
  }
});

test("what cannot be sent is rejected at once, with the place in the message", () => {
  const { main, a } = twoPages();
  const refused = { code: "ERR_NOT_CLONEABLE", message: /msg\.deep\[1\] is a symbol/ };
  const msg = { deep: [0, Symbol("s")] };
  assert.throws(() => main.send("a", msg), refused);
  assert.throws(() => a.request(msg), refused);
  assert.throws(() => a.send("b", msg), refused);
});

test("a message that is rejected takes nothing else with it", async () => {
  const { pair, main, a } = twoPages();
  const got = a.inbox(Lane.FromMain);
  main.handle((_, msg) => msg);
  main.send("a", 1);
  assert.throws(() => main.send("a", () => 1));
  main.send("a", 2);
  const first = a.request(1);
  assert.throws(() => a.request(() => 1));
  assert.deepEqual(await Promise.all([first, a.request(2)]), [1, 2]);
  await pair.quiet();
  assert.deepEqual(got, [1, 2]);
});

test("what the sender changes after sending is not seen", async () => {
  const { pair, main, a, b } = twoPages();
  const inboxes = [a.inbox(Lane.FromMain), b.inbox(Lane.FromOther)];
  const asked = [];
  main.handle((_, msg) => {
    asked.push(msg);
    const answer = { n: 1 };
    setImmediate(() => {
      answer.n = 2;
    });
    return answer;
  });
  const msg = { n: 1, bytes: new Uint8Array([1]), list: [1] };
  main.send("a", msg);
  a.send("b", msg);
  const answer = a.request(msg);
  Object.assign(msg, { n: 2, more: true });
  msg.bytes[0] = 2;
  msg.list.push(2);
  assert.deepEqual(await answer, { n: 1 });
  await pair.quiet();
  const sent = { n: 1, bytes: new Uint8Array([1]), list: [1] };
  assert.deepEqual([...inboxes, asked], [[sent], [sent], [sent]]);
});

test("a window name with a lone surrogate is an unknown window, and harms nothing else", async (t) => {
  const warn = t.mock.method(console, "warn", () => undefined);
  const { pair, main, a } = twoPages();
  main.handle((_, msg) => msg);
  a.send("\ud800", 1);
  const settled = await Promise.race([a.request("same packet"), pair.quiet().then(() => "lost")]);
  assert.equal(settled, "same packet");
  await pair.quiet();
  assert.equal(warn.mock.callCount(), 1);
  assert.match(warn.mock.calls[0].arguments[0], /ERR_UNKNOWN_WINDOW/);
  assert.deepEqual(pair.refused, []);
});

test("a window named with a lone surrogate is found under that name, from main and windows", async () => {
  const { pair, main, a } = twoPages();
  const odd = pair.open("odd\udfff");
  const inboxes = [odd.inbox(Lane.FromMain), odd.inbox(Lane.FromOther)];
  main.send("odd\udfff", 1);
  a.send("odd\udfff", 2);
  await pair.quiet();
  assert.deepEqual(inboxes, [[1], [2]]);
});

test("an unknown window throws in main and is a console warning in a window", async (t) => {
  const warn = t.mock.method(console, "warn", () => undefined);
  const { pair, main, a } = twoPages();
  assert.throws(() => main.send("nobody", 1), { code: "ERR_UNKNOWN_WINDOW", message: /"a", "b"/ });
  a.send("nobody", 1);
  await pair.quiet();
  assert.equal(warn.mock.callCount(), 1);
  const [text] = warn.mock.calls[0].arguments;
  assert.match(
    text,
    /^electron-switchyard: messages to "nobody" were not delivered \(1\): .*"a", "b"/,
  );
  assert.match(text, / \[ERR_UNKNOWN_WINDOW\]$/);
  assert.equal(pair.stats().unknownWindow, 2);
});

test("a packet that is none is rejected, and the window goes on", async () => {
  const { pair, main, a } = twoPages();
  main.handle((_, msg) => msg);
  pair.up(a, 0, "nonsense");
  pair.up(a, 0, "[[1,1,0,1]]", [new ArrayBuffer(1)]);
  await pair.quiet();
  assert.deepEqual(
    pair.refused.map(({ code }) => code),
    ["ERR_BAD_PACKET", "ERR_BAD_PACKET"],
  );
  assert.equal(await a.request(1), 1);
  assert.equal(pair.held(), 0);
});

test("a payload that is none is its sender's error", async () => {
  const { pair, main, a } = twoPages();
  main.handle((_, msg) => msg);
  const answers = [a.request(1), a.request(2)];
  await pair.quiet();
  await Promise.all(answers);
  // Ids 3 and 4: the first with a broken rich payload.
  pair.up(a, 0, '[[1,3,1,["\x7f","?"]],[1,4,0,"ok"]]');
  const settled = [a.request(3), a.request(4)].map((each) => each.catch(({ code }) => code));
  assert.deepEqual(await Promise.all(settled), ["ERR_BAD_PACKET", "ok"]);
});
