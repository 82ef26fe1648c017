import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { decode, encode, joined, send } from "./codec.mjs";

/** Sends a value and holds it against structured clone. */
function cloned(value) {
  const got = send(value);
  assert.deepStrictEqual(got, structuredClone(value));
  return got;
}

test("a missing member stays missing, an undefined one stays undefined", () => {
  const got = cloned({ a: undefined, b: [undefined], c: 1 });
  assert.deepEqual(Object.keys(got), ["a", "b", "c"]);
  assert.equal("d" in got, false);
});

test("holes stay holes, also next to undefined", () => {
  // biome-ignore lint/suspicious/noSparseArray: holes are the point
  const got = cloned([, undefined, 1, ,]);
  assert.deepEqual(Object.keys(got), ["1", "2"]);
  assert.equal(got.length, 4);
  assert.equal(cloned(new Array(4294967295)).length, 4294967295);
});

test("an array keeps its named properties", () => {
  cloned(/(?<y>\d+)-(\d+)/.exec("on 2020-12"));
  cloned(Object.assign([1], { x: 2 }));
  // As many keys as the length, but not the indices.
  // biome-ignore lint/suspicious/noSparseArray: holes are the point
  cloned(Object.assign([1, ,], { x: 2 }));
});

test("an own __proto__ is a member, in either form, and no prototype changes", () => {
  for (const text of ['{"__proto__":{"bad":1},"a":2}', '[{"__proto__":null}]']) {
    for (const extra of [[], [undefined]]) {
      const got = cloned([JSON.parse(text), ...extra]);
      assert.equal(JSON.stringify(got[0]), text);
    }
  }
  const array = Object.defineProperty([1], "__proto__", { value: { bad: 1 }, enumerable: true });
  const got = send(array);
  assert.equal(Object.getPrototypeOf(got), Array.prototype);
  assert.ok(Object.keys(got).includes("__proto__"));
  assert.equal({}.bad, undefined);
});

test("keys come in the order in which they were", () => {
  for (const value of [
    { b: 1, a: 2, 10: 3, 2: 4 },
    { b: undefined, a: 2, 10: {}, 2: [] },
  ]) {
    assert.deepEqual(Object.keys(cloned(value)), ["2", "10", "b", "a"]);
  }
});

test("cycles and shared objects keep their identity", () => {
  const shared = { date: new Date(5) };
  const value = { list: [shared, shared], map: new Map([[shared, shared.date]]) };
  value.self = value;
  value.map.set("me", value.map);
  const set = new Set([value]);
  set.add(set);
  value.set = set;
  const got = cloned(value);
  assert.equal(got.self, got);
  assert.equal(got.list[0], got.list[1]);
  assert.equal(got.map.get(got.list[0]), got.list[0].date);
  assert.equal(got.map.get("me"), got.map);
  assert.ok(got.set.has(got) && got.set.has(got.set));
});

test("references hold even where a Proxy tells its keys out of order", () => {
  const first = { is: "first" };
  const second = { is: "second" };
  const target = { b: first, 1: second, c: first, d: second };
  const proxy = new Proxy(target, { ownKeys: () => ["b", "1", "c", "d"] });
  const got = send(proxy);
  assert.equal(got.c, got.b);
  assert.equal(got.d, got[1]);
  assert.equal(got.b.is, "first");
});

test("views of one buffer share it again, with the buffer itself", () => {
  const buffer = new ArrayBuffer(16);
  const value = [new Uint16Array(buffer, 2, 3), new DataView(buffer, 1), buffer, new Int8Array(0)];
  const got = cloned(value);
  assert.equal(got[0].buffer, got[2]);
  assert.equal(got[1].buffer, got[2]);
  assert.equal(got[2].byteLength, 16);
  assert.deepEqual([got[0].byteOffset, got[0].length, got[1].byteOffset], [2, 3, 1]);
  assert.equal(encode(value, "msg").form, 3);
});

test("a Node Buffer arrives as a Uint8Array and takes nothing of the pool along", () => {
  const [one, two] = [Buffer.from("one"), Buffer.from("two!")];
  assert.equal(one.buffer, two.buffer);
  const value = [one, two, one, { after: true }, new Date(1)];
  value.push(value[3]);
  const { attachments } = encode(value, "msg");
  assert.deepEqual(
    joined(attachments).map((b) => b.byteLength),
    [3, 4],
  );
  const got = send(value);
  assert.equal(Object.getPrototypeOf(got[0]), Uint8Array.prototype);
  assert.deepEqual(got[0], new Uint8Array(one));
  assert.equal(got[2], got[0]);
  assert.equal(got[5], got[3]);
});

test("numbers that JSON has not arrive exactly", () => {
  for (const n of [-0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    assert.ok(Object.is(send(n), n));
    assert.ok(Object.is(send([n])[0], n));
    assert.ok(Object.is(send(Object(n)).valueOf(), n));
  }
});

test("an invalid Date stays one, a RegExp starts over", () => {
  assert.ok(Number.isNaN(send(new Date(Number.NaN)).getTime()));
  const regexp = /a/g;
  regexp.lastIndex = 3;
  assert.equal(send(regexp).lastIndex, 0);
});

test("a class instance arrives as a plain object of its own enumerable string properties", () => {
  class Point {
    #hidden = 1;
    x = this.#hidden;
    [Symbol("s")] = 2;
    get y() {
      return 3;
    }
    toJSON() {
      return "no";
    }
  }
  const point = Object.defineProperty(new Point(), "z", { value: 4 });
  const got = cloned({ point });
  assert.equal(Object.getPrototypeOf(got.point), Object.prototype);
  assert.deepEqual(got.point, { x: 1 });
  class Tagged {
    a = 1;
    get [Symbol.toStringTag]() {
      return "Map";
    }
  }
  cloned(new Tagged());
});

test("an object without a prototype arrives with the ordinary one", () => {
  const got = cloned(Object.assign(Object.create(null), { a: 1 }));
  assert.equal(Object.getPrototypeOf(got), Object.prototype);
});

test("builtins are known by what they are, not by what they say", () => {
  class Renamed extends Map {
    get [Symbol.toStringTag]() {
      return "Blob";
    }
  }
  cloned(new Renamed([[1, 2]]));
  class Day extends Date {
    [Symbol.toStringTag] = "Set";
  }
  cloned([new Day(7)]);
  class Discreet {
    a = 1;
    get [Symbol.toStringTag]() {
      throw new Error("nobody's business");
    }
  }
  cloned(new Discreet());
  cloned({ constructor: 1, [Symbol.toStringTag]: "Promise" });
  const method = Object.defineProperty(new Map([[1, 2]]), "forEach", { value: null });
  cloned(method);
});

test("values of another realm arrive like those of this one", () => {
  const source = `({
    plain: { a: [1, { b: null }] }, bare: Object.assign(Object.create(null), { c: 1 }),
    map: new Map([[1, new Set([2])]]), date: new Date(3), regexp: /x/g, big: Object(4n),
    view: new Uint8Array([5, 6]), error: new RangeError("far"), boxed: new String("s"),
  })`;
  const far = vm.runInNewContext(source);
  const got = send(far);
  const { error, ...near } = vm.runInThisContext(source);
  const rest = structuredClone(near);
  assert.ok(got.error instanceof RangeError);
  assert.equal(got.error.message, error.message);
  delete got.error;
  assert.deepStrictEqual(got, rest);
  assert.equal(encode(far.plain, "msg").form, 0);
});

test("a toJSON on a builtin prototype changes nothing", () => {
  const value = { a: [1, "s", true, {}], toJSON: 1, rich: [undefined, new Map([[1, []]])] };
  for (const { prototype } of [Object, Array, String, Number, Boolean, BigInt, Date]) {
    Object.defineProperty(prototype, "toJSON", { value: () => "no", configurable: true });
    try {
      for (const sent of [value, { a: value.a }, [[]], "s", 1, 5n, new Date(1)]) {
        assert.deepStrictEqual(send(sent), structuredClone(sent));
      }
      assert.equal(encode({ a: value.a, toJSON: 1 }, "msg").form, 0);
    } finally {
      if (prototype !== Date.prototype) delete prototype.toJSON;
    }
  }
});

test("what happens to a value after the send does not show", () => {
  const bytes = new Uint8Array([1, 2, 3]);
  const value = { list: [1], map: new Map([[1, { a: 1 }]]), bytes, date: new Date(1) };
  const { form, text, attachments } = encode(value, "msg");
  const expected = structuredClone(value);
  value.list.push(2);
  value.map.get(1).a = 2;
  value.date.setTime(2);
  bytes[0] = 9;
  assert.equal(form, 2);
  assert.notEqual(attachments[0][0], bytes.buffer);
  assert.deepStrictEqual(decode(form, JSON.parse(text), joined(attachments)), expected);
});

test("a getter is read once, whichever form results", () => {
  for (const last of [1, undefined]) {
    const reads = { own: 0, item: 0, first: 0 };
    const list = [0];
    Object.defineProperty(list, 0, { get: () => ++reads.item, enumerable: true });
    const value = {
      get first() {
        return ++reads.first;
      },
      list,
      nested: [
        {
          get own() {
            return { n: ++reads.own };
          },
        },
      ],
      last,
    };
    assert.deepEqual(send(value), { first: 1, list: [1], nested: [{ own: { n: 1 } }], last });
    assert.deepEqual(reads, { own: 1, item: 1, first: 1 });
  }
});

test("an object of nothing but primitives is read as any other, each member once", () => {
  let reads = 0;
  const flat = {
    get once() {
      return ++reads;
    },
    [Symbol("s")]: () => {},
  };
  Object.defineProperty(flat, "hidden", { value: () => {} });
  Object.defineProperty(flat, "__proto__", { value: "own", enumerable: true });
  assert.equal(encode(flat, "msg").text, '{"once":1,"__proto__":"own"}');
  assert.equal(encode(new Proxy(flat, {}), "msg").text, '{"once":2,"__proto__":"own"}');
  assert.equal(reads, 2);
  cloned(Object.setPrototypeOf(new Date(3), Object.prototype));
  cloned(Object.setPrototypeOf(new Error("e"), null));
});

test("an object that turns out to hold an object is not read again, and keeps its identity", () => {
  let reads = 0;
  const flat = {
    a: 1,
    get b() {
      return [++reads];
    },
  };
  assert.deepEqual(send(flat), { a: 1, b: [1] });
  const same = { a: 1, self: null };
  same.self = same;
  assert.equal(send(same).self.self.a, 1);
});

test("1,000 levels of anything arrive", () => {
  const wraps = [(v) => [v], (v) => ({ v }), (v) => new Map([["k", v]]), (v) => new Set([v])];
  wraps.push((v) => Object.assign(new Error("e"), { v }));
  for (const wrap of wraps) {
    for (const leaf of [null, undefined]) {
      let value = leaf;
      for (let i = 0; i < 1000; i++) value = wrap(value);
      let got = send(value);
      let levels = 0;
      while (typeof got === "object" && got !== null) {
        got = Array.isArray(got)
          ? got[0]
          : got instanceof Set
            ? [...got][0]
            : (got.v ?? got.get?.("k"));
        levels++;
      }
      assert.equal(levels, 1000);
    }
  }
});

test("an array's getters are read once, whether or not it has names and holes", () => {
  for (const extra of [{}, { name: 1 }, { 5: 1 }]) {
    let reads = 0;
    const list = Object.assign([0, 1], extra);
    Object.defineProperty(list, 0, { get: () => ++reads, enumerable: true });
    assert.deepStrictEqual(send(list), Object.assign([1, 1], extra));
    assert.equal(reads, 1);
  }
});

test("what somebody put on Object.prototype or Array.prototype is not sent", () => {
  const value = { a: 1, list: [1, { b: undefined }], rich: [new Map(), new Error("e")] };
  // biome-ignore lint/suspicious/noSparseArray: holes are the point
  const holes = Object.assign([1, , 3], { name: 4 });
  const cycle = {};
  cycle.cycle = cycle;
  try {
    Object.assign(Object.prototype, { extra() {}, cycle, none: undefined });
    Array.prototype[1] = "not own";
    const [got, plain, sparse] = [send(value), send({ a: [{ b: undefined }] }), send(holes)];
    assert.deepEqual(Object.keys(got), ["a", "list", "rich"]);
    assert.deepEqual(Object.keys(got.list[1]), ["b"]);
    assert.deepEqual(Object.keys(plain.a[0]), ["b"]);
    assert.deepEqual(Object.keys(got.rich[1]), []);
    assert.deepEqual(Object.keys(sparse), ["0", "2", "name"]);
  } finally {
    for (const name of ["extra", "cycle", "none"]) delete Object.prototype[name];
    delete Array.prototype[1];
  }
});

test("16 MB of string and of bytes arrive", () => {
  const string = "ab\u2028\n".repeat(4 << 20);
  assert.equal(send({ string }).string, string);
  const bytes = new Uint8Array(16 << 20).fill(7);
  assert.equal(Buffer.compare(send({ bytes }).bytes, bytes), 0);
});
