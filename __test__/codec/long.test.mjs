import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encode, send } from "./codec.mjs";

/** UTF-16 units from which on a text travels beside the packet. */
const LONG = 32_768;

const of = (length, unit = "x") => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

/** Sends a value and holds it against structured clone; gives what travels beside. */
function beside(value) {
  const { text, attachments } = encode(value, "msg");
  assert.deepStrictEqual(send(value), structuredClone(value));
  assert.ok(text.length < LONG, `${text.length}`);
  for (const each of attachments) assert.ok(typeof each !== "string" || each.length >= LONG);
  return attachments;
}

test("a string travels beside the packet, as it is, from 32,768 units on", () => {
  for (const wrap of [(s) => s, (s) => [s], (s) => ({ s }), (s) => new Map([[s, s]]), Object]) {
    const long = of(LONG);
    const count = wrap(long) instanceof Map ? 2 : 1;
    assert.deepEqual(beside(wrap(long)), Array(count).fill(long));
    const { form, attachments } = encode(wrap(of(LONG - 4)), "msg");
    if (count === 1 && wrap !== Object) {
      // Of a string alone JSON is two quotes longer, in an array four units, in this object eight.
      assert.equal(form, JSON.stringify(wrap(of(LONG - 4))).length < LONG ? 0 : 2);
      assert.equal(attachments.length, Math.max(0, form - 1));
    }
  }
});

test("at 32,767 units a string is JSON still, and its JSON is beside if that is long", () => {
  const { form, attachments } = encode(of(LONG - 1), "msg");
  assert.deepEqual([form, attachments], [2, [JSON.stringify(of(LONG - 1))]]);
  assert.equal(encode(of(LONG - 3), "msg").form, 0);
  beside(of(LONG - 1));
  beside(of(LONG - 1, '"'));
  beside(of(LONG - 1, "\u0000"));
});

test("many short members make a long JSON, which is beside, plain or rich", () => {
  // Of rows with the same keys JSON says these once, and is shorter.
  const row = (_, id) => (id % 2 ? { id, name: `row ${id}` } : { name: `row ${id}`, id, note: 0 });
  const rows = Array.from({ length: 1_500 }, row);
  assert.deepEqual(beside(rows), [JSON.stringify(rows)]);
  assert.equal(encode(rows, "msg").text, '["\x7f","p"]');
  const rich = { rows, at: new Date(1), none: undefined, bytes: new Uint8Array([1, 2]) };
  const attachments = beside({ ...rich, again: rows, text: of(LONG) });
  assert.deepEqual(
    attachments.map((each) => typeof each),
    ["object", "string", "string"],
  );
  assert.equal(encode(rich, "msg").text, '["\x7f","w"]');
  const got = send({ ...rich, again: rows });
  assert.equal(got.again, got.rows);
});

test("lone surrogates, long keys and the string for undefined arrive beside long ones", () => {
  beside(of(LONG, "\ud800"));
  beside([of(LONG - 1, "\udc00"), "\x7f", undefined]);
  beside({ [of(LONG + 9, "\ud83d\ude00k")]: of(LONG), b: undefined });
  beside(new Map([[of(LONG), of(LONG + 1)]]));
  beside(new Error(of(LONG)));
  beside(new RegExp(of(LONG)));
});

test("the numbers of objects are not those of texts", () => {
  const shared = { a: 1 };
  const buffer = new ArrayBuffer(4);
  const value = [of(LONG), shared, new Uint8Array(buffer), of(LONG, "y"), shared, buffer];
  value.push(value);
  const got = send(value);
  assert.equal(got[1], got[4]);
  assert.equal(got[2].buffer, got[5]);
  assert.equal(got[6], got);
  assert.deepEqual([got[0], got[3]], [of(LONG), of(LONG, "y")]);
});

test("what of an error cannot be sent takes its long texts along", () => {
  const error = Object.assign(new Error("e"), { dropped: [of(LONG), () => {}] });
  const { attachments } = encode([error, of(LONG, "k")], "msg");
  assert.deepEqual(attachments, [of(LONG, "k")]);
});

test("any tree with strings about as long as that arrives as structured clone delivers it", () => {
  const string = fc
    .tuple(fc.integer({ min: LONG - 9, max: LONG + 2 }), fc.constantFrom("x", '"', "\ud800", "é"))
    .map(([length, unit]) => of(length, unit));
  const leaf = fc.oneof(string, fc.constantFrom(1, null, undefined, "s", "\x7f", -0, 3n));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie("value"), { maxKeys: 4, noNullPrototype: true }),
      fc.array(tie("value"), { maxLength: 3 }).map((items) => new Set(items)),
      fc.uint8Array({ maxLength: 9 }),
      tie("value").map((each) => ({ first: each, second: [each] })),
    ),
  }));
  fc.assert(
    fc.property(value, (each) => void beside(each)),
    { numRuns: 300 },
  );
});

test("a string of 64 MB, and 1,000 long ones, arrive", () => {
  const huge = of(64 << 20, "ab\n");
  assert.equal(encode(huge, "msg").attachments[0], huge);
  assert.ok(send({ huge }).huge === huge);
  const many = Array.from({ length: 1_000 }, (_, i) => of(LONG + i));
  assert.equal(beside(many).length, 1_000);
});
