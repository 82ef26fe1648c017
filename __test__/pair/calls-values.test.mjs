import assert from "node:assert/strict";
import { test } from "node:test";
import { Lane } from "./bundle.mjs";
import { CALLS, outcome, start } from "./ways.mjs";

const bytes = (...values) => new Uint8Array(values);

function cycle() {
  const value = { list: [1] };
  value.self = value;
  value.list.push(value.list);
  return value;
}

const VALUES = {
  undefined,
  null: null,
  "not a number": Number.NaN,
  "minus zero": -0,
  infinity: -Infinity,
  bigint: 2n ** 70n,
  "lone surrogate": "\ud800 and \0",
  date: new Date(5),
  map: new Map([[{ k: 1 }, new Set([1, undefined])]]),
  regexp: /x(?<y>.)/giu,
  "sparse array": Object.assign(new Array(3), { 2: 1 }),
  "undefined members": { a: undefined, b: [undefined] },
  cycle: cycle(),
  "typed arrays": [bytes(1, 2), Float64Array.of(-0, Number.NaN), new DataView(new ArrayBuffer(3))],
  "empty buffers": [new ArrayBuffer(0), bytes()],
  "own __proto__": JSON.parse('{"__proto__":{"x":1}}'),
  boxed: [new Number(-0), new String("s"), new Boolean(false)],
};

for (const way of CALLS) {
  test(`${way.way}: values that are not JSON arrive, there and back`, async () => {
    const { pair, ask, handle } = start(way);
    const got = [];
    handle((_, msg) => {
      got.push(msg);
      return msg;
    });
    for (const [name, value] of Object.entries(VALUES)) {
      assert.deepEqual(await ask(value), value, name);
      assert.deepEqual(got.pop(), value, name);
    }
    assert.equal(pair.held(), 0);
  });

  test(`${way.way}: bytes go both ways, keep their place, and then nothing is held`, async () => {
    const { pair, ask, handle } = start(way);
    handle((_, { n, data }) => [data, bytes(n), { n, copy: data.slice().buffer }]);
    const asked = Array.from({ length: 20 }, (_, n) => ask({ n, data: bytes(n, n + 1) }));
    const expected = asked.map((_, n) => {
      const data = bytes(n, n + 1);
      return [data, bytes(n), { n, copy: data.buffer }];
    });
    assert.deepEqual(await Promise.all(asked), expected);
    await pair.quiet();
    assert.equal(pair.held(), 0);
  });

  test(`${way.way}: what the asker or the handler changes afterwards is not seen`, async () => {
    const { ask, handle } = start(way);
    const got = [];
    handle((_, msg) => {
      got.push(msg);
      const answer = { data: bytes(1) };
      setImmediate(() => answer.data.fill(9));
      return answer;
    });
    const msg = { data: bytes(1), n: 1 };
    const asked = ask(msg);
    msg.data.fill(9);
    msg.n = 9;
    assert.deepEqual(await asked, { data: bytes(1) });
    assert.deepEqual(got, [{ data: bytes(1), n: 1 }]);
    assert.equal(msg.data.length, 1);
  });

  test(`${way.way}: a handler's error keeps class, message, stack, code, cause and members`, async () => {
    const error = Object.assign(new TypeError("bad", { cause: new RangeError("deep") }), {
      code: "E_MINE",
      detail: { n: 1, data: bytes(7) },
    });
    for (const fail of [
      () => Promise.reject(error),
      () => {
        throw error;
      },
    ]) {
      const { pair, ask, handle } = start(way);
      handle(fail);
      const [settled, got] = await outcome(ask(1));
      assert.equal(settled, "error");
      assert.ok(got instanceof TypeError);
      assert.deepEqual([got.message, got.stack, got.code], ["bad", error.stack, "E_MINE"]);
      assert.deepEqual(got.detail, { n: 1, data: bytes(7) });
      assert.ok(got.cause instanceof RangeError);
      assert.equal(got.cause.message, "deep");
      await pair.quiet();
      assert.equal(pair.held(), 0);
    }
  });

  test(`${way.way}: whatever can be thrown rejects the call`, async () => {
    for (const thrown of ["text", 5, null, undefined, { code: "X" }, [1]]) {
      const { ask, handle } = start(way);
      handle((_, late) => {
        if (late) return Promise.reject(thrown);
        throw thrown;
      });
      assert.deepEqual(await outcome(ask(false)), ["error", thrown]);
      assert.deepEqual(await outcome(ask(true)), ["error", thrown]);
    }
    for (const thrown of [() => 1, Symbol("s"), new WeakMap()]) {
      const { ask, handle } = start(way);
      handle(() => Promise.reject(thrown));
      assert.equal((await outcome(ask(1)))[1].code, "ERR_NOT_CLONEABLE");
    }
  });

  test(`${way.way}: an answer that cannot be sent rejects, and the next is answered`, async () => {
    const hostile = () => {
      throw new Proxy({}, { get: hostile, ownKeys: hostile, getPrototypeOf: hostile });
    };
    const { pair, ask, handle } = start(way);
    const answers = [
      { rows: [{ save: () => 1 }] },
      new Proxy({}, { get: hostile, ownKeys: hostile, getPrototypeOf: hostile }),
      "fine",
    ];
    handle((_, n) => answers[n]);
    const asked = answers.map((_, n) => outcome(ask(n)));
    const states = await Promise.race([Promise.all(asked), pair.quiet().then(() => pair.quiet())]);
    assert.ok(states, "some call was not settled");
    assert.equal(states[0][1].code, "ERR_NOT_CLONEABLE");
    assert.match(states[0][1].message, /answer\.rows\[0\]\.save is a function/);
    assert.equal(states[1][0], "error");
    assert.deepEqual(states[2], ["answer", "fine"]);
  });

  test(`${way.way}: a message that cannot be sent throws at once and takes nothing with it`, async () => {
    const { pair, ask, handle } = start(way);
    handle((_, msg) => msg);
    const first = ask(1);
    assert.throws(() => ask({ deep: [0, Symbol("s")] }), {
      code: "ERR_NOT_CLONEABLE",
      message: /msg\.deep\[1\] is a symbol/,
    });
    assert.deepEqual(await Promise.all([first, ask(2)]), [1, 2]);
    assert.equal(pair.held(), 0);
  });

  test(`${way.way}: a thenable answers as a promise does, and is run once beside another`, async () => {
    const { pair, ask, handle } = start(way);
    let runs = 0;
    handle(() => ({
      // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested.
      then: (resolve) => {
        runs += 1;
        resolve("rows");
      },
    }));
    assert.equal(await ask(1), "rows");
    handle(() => "other");
    assert.equal(await ask(2), "rows");
    await pair.quiet();
    assert.equal(runs, 2);
  });
}

test("messages, calls and answers of one packet do not mix their bytes up", async () => {
  const { pair, main, a, b, ask, handle } = start(CALLS[1]);
  const inboxes = [a.inbox(Lane.FromOther), b.inbox(Lane.FromOther), b.inbox(Lane.FromMain)];
  handle((_, msg) => {
    b.send("a", { from: "b", data: msg });
    return [msg, bytes(msg[0], 3)];
  });
  const asked = [];
  for (let i = 0; i < 20; i++) {
    a.send("b", bytes(i, 1));
    asked.push(ask(bytes(i, 2)));
    main.send("b", bytes(i, 4));
    asked.push(main.call("b", bytes(i, 5), {}));
  }
  const each = Array.from({ length: 20 }, (_, i) => i);
  assert.deepEqual(
    await Promise.all(asked),
    each.flatMap((i) => [
      [bytes(i, 2), bytes(i, 3)],
      [bytes(i, 5), bytes(i, 3)],
    ]),
  );
  await pair.quiet();
  const [toA, fromA, fromMain] = inboxes;
  const order = ({ data }) => data[1] * 100 + data[0];
  assert.deepEqual(
    toA.sort((x, y) => order(x) - order(y)),
    [2, 5].flatMap((kind) => each.map((i) => ({ from: "b", data: bytes(i, kind) }))),
  );
  assert.deepEqual(
    fromA,
    each.map((i) => bytes(i, 1)),
  );
  assert.deepEqual(
    fromMain,
    each.map((i) => bytes(i, 4)),
  );
  assert.equal(pair.held(), 0);
});
