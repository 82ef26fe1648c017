import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { encode, send } from "./codec.mjs";

const f = () => {};
const detached = new ArrayBuffer(4);
const detachedView = new Uint8Array(detached);
structuredClone(detached, { transfer: [detached] });
const key = {};

const cases = [
  [f, "msg is a function"],
  [class {}, "msg is a function"],
  [new Proxy(f, {}), "msg is a function"],
  [Symbol("s"), "msg is a symbol"],
  [{ items: [0, 1, 2, { onClick: f }] }, "msg.items[3].onClick is a function"],
  [{ "odd key": [[f]] }, 'msg["odd key"][0][0] is a function'],
  [{ 7: f }, "msg[7] is a function"],
  [{ "": f }, 'msg[""] is a function'],
  [{ toJSON: f }, "msg.toJSON is a function"],
  [{ a: { b: 1 }, c: f }, "msg.c is a function"],
  [Object.assign([1], { extra: f }), "msg.extra is a function"],
  [new Map([["k", f]]), 'msg.get("k") is a function'],
  [new Map([[1, { a: f }]]), "msg.get(1).a is a function"],
  [new Map([[key, f]]), "[...msg.values()][0] is a function"],
  [
    {
      m: new Map([
        [1, 2],
        [f, 1],
      ]),
    },
    "[...msg.m.keys()][1] is a function",
  ],
  [{ s: new Set([1, [f]]) }, "[...msg.s][1][0] is a function"],
  [{ p: Promise.resolve() }, "msg.p is a Promise"],
  [new WeakMap(), "msg is a WeakMap"],
  [new WeakSet(), "msg is a WeakSet"],
  [new WeakRef({}), "msg is a WeakRef"],
  [new SharedArrayBuffer(1), "msg is a SharedArrayBuffer"],
  [new Uint8Array(new SharedArrayBuffer(1)), "msg.buffer is a SharedArrayBuffer"],
  [Object(Symbol("s")), "msg is a Symbol"],
  [[detached], "msg[0] is a detached ArrayBuffer"],
  [[detachedView], "msg[0].buffer is a detached ArrayBuffer"],
  [[][Symbol.iterator](), "msg is an Array Iterator"],
  [(function* () {})(), "msg is a Generator"],
  [
    (function () {
      // biome-ignore lint/complexity/noArguments: the object is what is sent
      return arguments;
    })(),
    "msg is an Arguments",
  ],
  [new WebAssembly.Memory({ initial: 0 }), "msg is a Memory"],
  [new (class extends Promise {})(f), "msg is a Promise"],
  [vm.runInNewContext("({ p: Promise.resolve() })"), "msg.p is a Promise"],
  [new Proxy(new Map(), {}), "msg is not a genuine Map"],
  [new Intl.DateTimeFormat(), "msg is a DateTimeFormat"],
];

for (const [value, start] of cases) {
  test(`what cannot be sent is named: ${start}`, () => {
    assert.throws(
      () => encode(value, "msg"),
      (error) => {
        assert.ok(error instanceof Error);
        assert.equal(error.name, "DataCloneError");
        assert.equal(error.code, "ERR_NOT_CLONEABLE");
        const [, rest] = error.message.split(start);
        assert.match(rest, /^ and cannot be sent(; send [^;]+)?$/);
        return true;
      },
    );
  });
}

test("a class that only claims to be a platform class is sent", () => {
  class Blob {
    size = 1;
    get [Symbol.toStringTag]() {
      return "Blob";
    }
  }
  assert.deepEqual(send(new Blob()), { size: 1 });
});

test("the error of a getter or a Proxy comes out as it is", () => {
  const error = new Error("mine");
  const fail = () => {
    throw error;
  };
  const same = (thrown) => thrown === error;
  assert.throws(
    () =>
      encode(
        [
          {
            get a() {
              return fail();
            },
          },
        ],
        "msg",
      ),
    same,
  );
  assert.throws(() => encode(new Proxy({}, { ownKeys: fail }), "msg"), same);
  assert.throws(() => encode(new Proxy([1], { get: fail }), "msg"), same);
  const overflow = () => overflow() + 1;
  assert.throws(
    () =>
      encode(
        {
          get a() {
            return overflow();
          },
        },
        "msg",
      ),
    RangeError,
  );
});

test("a getter may send in turn", () => {
  const inner = {
    get a() {
      return send([undefined, { b: 1 }])[1];
    },
  };
  assert.deepEqual(send([undefined, inner]), [undefined, { a: { b: 1 } }]);
});

test("a value nested beyond the stack is rejected as such", () => {
  let value = [];
  for (let i = 0; i < 200_000; i++) value = [value];
  assert.throws(() => encode(value, "msg"), {
    name: "DataCloneError",
    code: "ERR_NOT_CLONEABLE",
    message: "electron-switchyard: msg is nested too deeply (over 1000 levels) and cannot be sent",
  });
});

test("keys and tags of any length make no long message", () => {
  const long = "k".repeat(1_000_000);
  const deep = { [long]: { [`${long} odd`]: { [long]: f } } };
  const tagged = Object.create({ [Symbol.toStringTag]: long }, {});
  for (const value of [deep, [deep], tagged, { [long]: tagged }, new Map([[long, deep]])]) {
    assert.throws(
      () => encode(value, "msg"),
      ({ code, message }) => {
        assert.equal(code, "ERR_NOT_CLONEABLE");
        assert.match(message, /^electron-switchyard: (msg|\[\.\.\.msg)/);
        assert.match(message, / and cannot be sent$/);
        assert.ok(message.length < 1200, `${message.length}`);
        return true;
      },
    );
  }
});
