import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encode, send } from "./codec.mjs";
import { identities } from "./identities.mjs";

const key = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("__proto__", "constructor", "toJSON", "length", "0", "7", "a", "b"),
);

const json = fc.oneof(
  fc.constantFrom(null, true, false, "", "\u2028", "\u0000", "\ud800", "\udc00x"),
  fc.string({ unit: "binary" }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (n === 0 ? 0 : n)),
);

/** The string that stands for undefined. */
const ABSENT = "\x7f";

const odd = fc.oneof(
  fc.constantFrom(
    undefined,
    undefined,
    ABSENT,
    `${ABSENT}${ABSENT}`,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    -0,
  ),
  fc.bigInt(),
  fc.date({ noInvalidDate: true }),
  fc.constant(Number.NaN).map((time) => new Date(time)),
  fc.constantFrom(/a\/b/giu, /^$/, /(?:)/),
  fc.oneof(json, fc.bigInt(), fc.constant(-0)).map((v) => (v === null ? {} : Object(v))),
  fc.uint8Array({ maxLength: 20 }),
  fc.float64Array({ maxLength: 4 }),
  fc.bigInt64Array({ maxLength: 4 }),
  fc.uint8ClampedArray({ maxLength: 4 }).map((a) => new DataView(a.buffer, a.length >> 1)),
  fc.uint8Array({ maxLength: 20 }).map((a) => a.buffer.slice(0)),
);

/** Own members by defineProperty, so that "__proto__" is one. */
function plain(entries) {
  const object = {};
  for (const [name, value] of entries) {
    const descriptor = { value, writable: true, enumerable: true, configurable: true };
    Object.defineProperty(object, name, descriptor);
  }
  return object;
}

function tree(leaf, more = () => []) {
  return fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "medium", withCrossShrink: true },
      leaf,
      fc.array(tie("value"), { maxLength: 5 }),
      fc.array(fc.tuple(key, tie("value")), { maxLength: 5 }).map(plain),
      ...more(tie),
    ),
  })).value;
}

const jsonTree = tree(json.filter((value) => value !== ABSENT));
const absentTree = tree(fc.oneof(json, fc.constant(undefined))).filter((value) =>
  holds(value, undefined),
);
const anyTree = tree(fc.oneof(json, odd), (tie) => [
  fc.array(fc.tuple(tie("value"), tie("value")), { maxLength: 4 }).map((e) => new Map(e)),
  fc.array(tie("value"), { maxLength: 4 }).map((items) => new Set(items)),
  fc.sparseArray(tie("value"), { maxLength: 6, maxNumElements: 4 }),
  fc
    .tuple(fc.array(tie("value"), { maxLength: 3 }), key, tie("value"))
    .filter(([, name]) => name !== "length")
    .map(([items, name, value]) => {
      Object.defineProperty(items, name, {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      });
      return items;
    }),
  // The same object twice.
  tie("value").map((value) => ({ first: value, second: [value] })),
]);

function holds(value, wanted) {
  if (typeof value !== "object" || value === null) return value === wanted;
  return Object.values(value).some((member) => holds(member, wanted));
}

/** What is written of a JSON value with undefined: a string for that, and nothing else changed. */
function absent(value) {
  if (value === undefined) return ABSENT;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(absent);
    return items[0] === ABSENT ? [ABSENT, "a", ...items] : items;
  }
  return plain(Object.entries(value).map(([name, member]) => [name, absent(member)]));
}

/** deepStrictEqual takes no notice of the order of keys. */
function assertSameKeys(actual, expected, seen = new Set()) {
  if (typeof expected !== "object" || expected === null || seen.has(expected)) return;
  seen.add(expected);
  if (ArrayBuffer.isView(expected)) return;
  assert.deepEqual(Object.keys(actual), Object.keys(expected));
  for (const name of Object.keys(expected)) assertSameKeys(actual[name], expected[name], seen);
  if (expected instanceof Map) assertSameKeys([...actual], [...expected], seen);
  if (expected instanceof Set) assertSameKeys([...actual], [...expected], seen);
}

function assertClone(actual, value) {
  const expected = structuredClone(value);
  assert.deepEqual(identities(actual), identities(expected));
  assert.deepStrictEqual(actual, expected);
  assertSameKeys(actual, expected);
}

test("a JSON value is sent as plain JSON and arrives as structured clone delivers it", () => {
  fc.assert(
    fc.property(jsonTree, (value) => {
      assert.equal(encode(value, "msg").form, 0);
      assertClone(send(value), value);
    }),
    { numRuns: 500 },
  );
});

test("undefined keeps a JSON value on the fast path: only the string for it tells the texts apart", () => {
  fc.assert(
    fc.property(absentTree, (value) => {
      const { form, text } = encode(value, "msg");
      assert.equal(form, 1);
      if (!holds(value, ABSENT)) assert.equal(text, JSON.stringify(absent(value)));
      assertClone(send(value), value);
    }),
    { numRuns: 1000 },
  );
});

test("a string that is the one for undefined arrives as itself, wherever it is", () => {
  const values = [ABSENT, [ABSENT], { a: ABSENT, b: undefined }, new Map([[ABSENT, undefined]])];
  values.push(Object(ABSENT), { [ABSENT]: ABSENT }, new Error(ABSENT));
  for (const value of values) {
    assert.equal(encode(value, "msg").form, 1);
    assertClone(send(value), value);
  }
  assert.equal(encode({ [ABSENT]: `${ABSENT}x` }, "msg").form, 0);
});

test("any value arrives as structured clone delivers it", () => {
  fc.assert(
    fc.property(anyTree, (value) => assertClone(send(value), value)),
    { numRuns: 2000 },
  );
});

test("whenever the form is 0, parsing the text gives what structured clone delivers", () => {
  let plainOnes = 0;
  fc.assert(
    fc.property(anyTree, (value) => {
      const { form, text, attachments } = encode(value, "msg");
      assert.ok(form === 0 || form === 1 + attachments.length);
      if (form !== 0) return;
      plainOnes++;
      assertClone(JSON.parse(text), value);
    }),
    { numRuns: 2000 },
  );
  assert.ok(plainOnes > 50);
});

test("the text is well-formed Unicode", () => {
  fc.assert(
    fc.property(anyTree, (value) => {
      const { text } = encode(value, "msg");
      assert.equal(Buffer.from(text).toString(), text);
    }),
  );
});
