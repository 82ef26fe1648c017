// Arrays of objects with the same keys, which go as a table.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encode, send } from "./codec.mjs";
import { identities } from "./identities.mjs";

const FEW = 8;
/** The mark of the rich form, and a table's tag. */
const TABLE = '["\x7f","c",';
/** The text of a message whose rich form is long, and goes as an attachment. */
const LONG = '["\x7f","w"]';

const isTable = (value) => {
  const { text, attachments } = encode(value, "msg");
  return (text === LONG ? attachments[attachments.length - 1] : text).includes(TABLE);
};

/** Own members by defineProperty, so that "__proto__" is one. */
function rowOf(keys, cells) {
  const row = {};
  keys.forEach((key, i) => {
    const descriptor = { value: cells[i], writable: true, enumerable: true, configurable: true };
    Object.defineProperty(row, key, descriptor);
  });
  return row;
}

/** deepStrictEqual takes no notice of the order of keys. */
function keysOf(value, seen = new Set()) {
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  seen.add(value);
  return [Object.keys(value), ...Object.values(value).map((member) => keysOf(member, seen))];
}

function assertClone(value) {
  const expected = structuredClone(value);
  const got = send(value);
  assert.deepEqual(identities(got), identities(expected));
  assert.deepStrictEqual(got, expected);
  assert.deepEqual(keysOf(got), keysOf(expected));
  return got;
}

const rows = (n, row = (i) => ({ id: i, name: `row ${i}`, even: i % 2 === 0 })) =>
  Array.from({ length: n }, (_, i) => row(i));

const key = fc.oneof(
  fc.string({ unit: "binary", maxLength: 3 }),
  fc.constantFrom("__proto__", "constructor", "toJSON", "length", "0", "1", "7", "id", "name"),
);
const flat = fc.oneof(
  fc.constantFrom(
    null,
    true,
    undefined,
    undefined,
    "\x7f",
    "",
    "\ud800",
    -0,
    Number.NaN,
    2n ** 70n,
  ),
  fc.string({ unit: "binary", maxLength: 3 }),
  fc.integer(),
  fc.double(),
);

test("any array of rows arrives as structured clone delivers it, keys and identities too", () => {
  const cell = fc.oneof(
    { weight: 9, arbitrary: flat },
    { weight: 1, arbitrary: fc.constantFrom("row", "all", "outside", "list", "date") },
  );
  /** What may be done to one of the rows. */
  const oddity = fc.record({
    at: fc.nat(30),
    what: fc.constantFrom(
      "none",
      "none",
      "none",
      "again",
      "more",
      "less",
      "order",
      "item",
      "outside",
    ),
    other: fc.nat(30),
  });
  let tables = 0;
  fc.assert(
    fc.property(
      fc.uniqueArray(key, { minLength: 1, maxLength: 5 }),
      fc.array(fc.array(cell, { minLength: 5, maxLength: 5 }), { minLength: 6, maxLength: 20 }),
      oddity,
      fc.constantFrom("alone", "first", "last", "within", "twice"),
      (keys, cells, { at, what, other }, place) => {
        const outside = { out: 1 };
        const list = [1, outside];
        const all = cells.map((each) => rowOf(keys, each));
        const objects = { row: all[other % all.length], all, outside, list };
        for (const row of all) {
          for (const [name, value] of Object.entries(row)) {
            const object =
              value === "date" ? new Date(5) : Object.hasOwn(objects, value) && objects[value];
            if (object) row[name] = name === "__proto__" ? 1 : object;
          }
        }
        const i = at % all.length;
        if (what === "again") all[i] = all[other % all.length];
        if (what === "more") all[i].more = 1;
        if (what === "less") delete all[i][keys[0]];
        if (what === "order") all[i] = rowOf([...keys].reverse(), cells[i]);
        if (what === "item") all[i] = [null, 5, "01", [1, 2], [], "", undefined][other % 7];
        if (what === "outside") all[i] = outside;
        const value = {
          alone: all,
          first: { all, after: [outside, all[i], list] },
          last: [list, outside, all[i], all],
          within: [[all, { all: [all[0]] }]],
          twice: [all, [...all], all],
        }[place];
        if (isTable(value)) tables++;
        assertClone(value);
      },
    ),
    { numRuns: 3000 },
  );
  assert.ok(tables > 500, `${tables}`);
});

test("from 8 rows on the keys are written once", () => {
  assert.equal(encode(rows(FEW - 1), "msg").form, 0);
  assert.equal(encode(rows(FEW - 1), "msg").text, JSON.stringify(rows(FEW - 1)));
  assert.equal(encode(rows(FEW), "msg").form, 1);
  const [first, ...rest] = rows(FEW);
  const cells = rest.flatMap((row) => Object.values(row));
  assert.equal(encode(rows(FEW), "msg").text, JSON.stringify(["\x7f", "c", first, ...cells]));
  assertClone(rows(FEW));
});

test("a long table travels beside the packet", () => {
  const value = rows(3_000);
  const { form, text, attachments } = encode(value, "msg");
  assert.deepEqual([form, text, attachments.length], [2, '["\x7f","w"]', 1]);
  assert.ok(attachments[0].startsWith(TABLE));
  assertClone(value);
});

test("what is no row, and rows of different keys, are written as ever", () => {
  const same = rows(FEW);
  const cases = {
    "an item is a primitive": [...same, 1],
    "the first item is a primitive": [null, ...same],
    "an item is an array": [...same, [1, 2, 3]],
    "an item is a Date": [...same, new Date(1)],
    "no keys": rows(FEW, () => ({})),
    "the first has none": [{}, ...same],
    "the last has none": [...same, {}],
    "a key more": [...same, { id: 1, name: "", even: true, odd: false }],
    "a key less": [...same, { id: 1, name: "" }],
    "another key": [...same, { id: 1, name: "", odd: false }],
    "another order": [...same, { name: "", id: 1, even: true }],
    "a row twice": [...same, same[3]],
    "strings and arrays with the same keys": [
      { 0: "a", 1: "b" },
      "ab",
      ["a", "b"],
      ...rows(FEW, () => "xy"),
    ],
    arrays: rows(FEW, (i) => [i, i]),
    numbers: rows(FEW, (i) => i),
  };
  for (const [name, value] of Object.entries(cases)) {
    assert.equal(isTable(value), false, name);
    assertClone(value);
  }
  const array = Object.assign(rows(FEW), { named: 1 });
  const sparse = rows(FEW);
  delete sparse[3];
  for (const value of [array, sparse, rows(2 * FEW).concat(new Array(3))]) {
    assert.equal(isTable(value), false);
    assertClone(value);
  }
});

test("whatever can be a cell arrives in one", () => {
  const cells = ["\x7f", undefined, null, -0, Number.NaN, 1n, "x".repeat(32_768), new Date(1)];
  cells.push([1], { a: { b: 2 } }, new Map([[1, { c: 3 }]]), new Uint8Array([1, 2]), rows(FEW));
  for (const cell of cells) {
    for (const at of [0, 3, FEW - 1]) {
      const value = rows(FEW, (i) => ({ i, cell: i === at ? cell : 0, last: "" }));
      assert.ok(isTable(value));
      assertClone(value);
    }
  }
  assertClone(rows(FEW, (i) => ({ cell: cells[i] })));
});

test("rows are numbered as they are met: what comes later refers to them and to what they hold", () => {
  const value = { first: {}, list: rows(FEW, (i) => ({ i, held: { i }, set: new Set([i]) })) };
  value.list[2].up = 0;
  for (const row of value.list) Object.assign(row, { up: value, all: value.list, self: row });
  delete value.list[2].up;
  value.list[2].up = value;
  value.more = [value.list[5], value.list[5].held, value.list[0], value.list[7].set, value.first];
  assertClone(value);
  const even = { list: rows(FEW, (i) => ({ i, held: { i } })) };
  for (const row of even.list) Object.assign(row, { up: even, all: even.list, self: row });
  even.more = [even.list[5], even.list[5].held, even.list[0], even.list];
  assert.ok(isTable(even));
  assertClone(even);
});

test("rows of any kind arrive as plain objects", () => {
  class Point {
    x = 1;
    y = 2;
    get sum() {
      return 3;
    }
    toJSON() {
      return "no";
    }
  }
  const hidden = Object.defineProperty({ x: 1, y: 2 }, "z", { value: 3 });
  const mixed = [
    new Point(),
    Object.freeze({ x: 3, y: 4 }),
    Object.assign(Object.create(null), { x: 5, y: 6 }),
    Object.create({ z: 1 }, Object.getOwnPropertyDescriptors({ x: 7, y: 8 })),
    { x: 9, y: 10, [Symbol("s")]: 11 },
    hidden,
    new Proxy({ x: 1, y: 2 }, {}),
    { x: 12, y: 13 },
  ];
  const got = send(mixed);
  assert.ok(isTable(mixed));
  assert.deepEqual(
    got,
    mixed.map(({ x, y }) => ({ x, y })),
  );
  for (const row of got) assert.equal(Object.getPrototypeOf(row), Object.prototype);
  const own = rows(FEW, (i) => ({ toJSON: i, valueOf: null }));
  assert.deepEqual(send(own), own);
});

test("own members named __proto__ are cells, and no prototype changes", () => {
  const value = rows(FEW, (i) => JSON.parse(`{"a":${i},"__proto__":{"bad":${i}}}`));
  assert.ok(isTable(value));
  const got = assertClone(value);
  assert.equal(JSON.stringify(got), JSON.stringify(value));
  assert.equal(Object.getPrototypeOf(got[3]), Object.prototype);
  assert.equal({}.bad, undefined);
});

test("every getter is read once, in the order of the rows, and sees what the ones before did", () => {
  for (const odd of ["none", "shape", "object"]) {
    const reads = [];
    const value = [];
    for (let i = 0; i < 2 * FEW; i++) {
      value.push({
        get a() {
          reads.push(`a${i}`);
          // A later row is changed before it is read; an earlier one after it was.
          if (value[i + 1]) value[i + 1].c = i;
          if (value[i - 1]) value[i - 1].c = "late";
          return i;
        },
        get b() {
          reads.push(`b${i}`);
          return odd === "object" && i === 10 ? { at: reads.length } : reads.length;
        },
        c: 0,
      });
    }
    if (odd === "shape") value[10].d = 1;
    const got = send(value);
    assert.deepEqual(
      reads,
      value.flatMap((_, i) => [`a${i}`, `b${i}`]),
    );
    value.forEach((_, i) => {
      assert.equal(got[i].a, i);
      assert.equal(got[i].c, i === 0 ? 0 : i - 1);
      assert.deepEqual(got[i].b, odd === "object" && i === 10 ? { at: 22 } : 2 * i + 2);
    });
  }
});

test("the same row twice is one row, even if its getter counts", () => {
  let n = 0;
  const counting = {
    get id() {
      return n++;
    },
  };
  const got = send(rows(FEW, () => counting));
  assert.equal(n, 1);
  assert.ok(got.every((row) => row === got[0]));
  assert.deepEqual(got[0], { id: 0 });
});

test("a getter that throws, and what cannot be sent, in a row are reported as ever", () => {
  const thrown = new Error("getter");
  const value = rows(2 * FEW, (i) => ({
    i,
    get b() {
      if (i === 10) throw thrown;
      return 0;
    },
  }));
  assert.throws(
    () => send(value),
    (error) => error === thrown,
  );
  const refused = rows(2 * FEW, (i) => ({ i, call: i === 12 ? () => {} : 1 }));
  assert.throws(() => send({ refused }), /msg\.refused\[12\]\.call is a function/);
});

test("what somebody put on Object.prototype is in no row", () => {
  const value = rows(FEW, (i) => ({ id: i, name: "n" }));
  const expected = structuredClone(value);
  const noNames = (object) => assert.deepEqual(Object.keys(object), ["id", "name"]);
  for (const descriptor of [
    { value: 1, enumerable: true },
    { value: () => {}, enumerable: true },
    { value: 1 },
    { get: () => 5, set: () => assert.fail("set"), enumerable: true },
  ]) {
    for (const name of ["extra", "name", "toJSON"]) {
      Object.defineProperty(Object.prototype, name, { ...descriptor, configurable: true });
      try {
        const got = send(value);
        got.forEach(noNames);
        got.forEach((row, i) => {
          assert.equal(row.id, expected[i].id);
          assert.equal(Object.getOwnPropertyDescriptor(row, "name").value, "n");
        });
      } finally {
        delete Object.prototype[name];
      }
    }
  }
});
