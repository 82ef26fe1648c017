import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decode } from "./codec.mjs";

function onlyThrows(form, payload, attachments) {
  try {
    decode(form, payload, attachments);
  } catch (error) {
    assert.ok(error instanceof Error, String(error));
  }
  assert.deepEqual(Object.keys(Object.prototype), []);
  assert.equal({}.polluted, undefined);
}

/** The rich form's mark before each tag. */
const MARK = "\x7f";

/** Every array as a tagged one. */
function marked(node) {
  return Array.isArray(node) && node[0] !== MARK ? [MARK, ...node.map(marked)] : node;
}

const bad = [
  [0, 1, [new ArrayBuffer(1)]],
  [2, 1, []],
  [-1, 1, []],
  [Number.NaN, 1, []],
  [1, [], []],
  [1, ["?"], []],
  [1, [null], []],
  [1, ["r", 0], []],
  [1, ["a", ["r", "length"]], []],
  [1, ["a", ["r", -1]], []],
  [1, ["a", ["r", "__proto__"]], []],
  [1, ["o", ["r", 0]], []],
  [1, ["n"], []],
  [1, ["i", "x"], []],
  [1, ["x", "(", ""], []],
  [1, ["x", {}, ""], []],
  [1, ["c"], []],
  [1, ["c", null], []],
  [1, ["c", 5, 1], []],
  [1, ["c", "ab", 1, 2], []],
  [1, ["c", {}], []],
  [1, ["c", {}, 1], []],
  [1, ["c", { a: 1, b: 2 }, 1], []],
  [1, ["c", { a: 1, b: 2 }, 1, 2, 3], []],
  [1, ["c", { a: 1 }, ["r", 4]], []],
  [1, ["c", { a: [MARK, "r", 2] }, 1], []],
  [1, ["s", -1, {}], []],
  [1, ["s", "3", {}], []],
  [1, ["s", 1], []],
  [1, ["s", 1, { length: 2 }], []],
  [2, ["b", 1], [new ArrayBuffer(1)]],
  [2, ["b", "0"], [new ArrayBuffer(1)]],
  [2, ["v", "Uint8Array", ["b", 0], 0, 9], [new ArrayBuffer(1)]],
  [2, ["v", "Uint16Array", ["b", 0], 1, 1], [new ArrayBuffer(4)]],
  [2, ["v", "Function", ["b", 0], 0, 1], [new ArrayBuffer(1)]],
  [2, ["v", "Buffer", ["b", 0], 0, 1], [new ArrayBuffer(1)]],
  [2, ["v", "nothing", ["b", 0], 0, 1], [new ArrayBuffer(1)]],
  [1, ["v", "Uint8Array", { length: 1e9 }, 0, 1], []],
  [1, ["v", "Uint8Array", 1e9, 0, 1], []],
  [1, ["e", 1, {}], []],
  [1, ["e"], []],
  [1, ["u", 0], []],
  [2, ["u", "0"], ["text"]],
  [2, ["u", 1], ["text"]],
  [2, ["u", 0], [new ArrayBuffer(1)]],
  [2, ["b", 0], ["text"]],
  [2, ["v", "Uint8Array", ["u", 0], 0, 1], ["1000000000"]],
  [2, ["v", "Uint8Array", ["b", 0], 0, 1], ["1000000000"]],
  [1, ["p"], []],
  [1, ["w"], []],
  [2, ["p"], [new ArrayBuffer(1)]],
  [2, ["p"], ["{"]],
  [2, ["w"], [`["${"\x7f"}","w"]`]],
  [2, ["w"], [`["${"\x7f"}","p"]`]],
  [2, [["w"]], ["1"]],
  [2, [["p"]], ["1"]],
];

test("a malformed payload is rejected", () => {
  for (const [form, unmarked, attachments] of bad) {
    const payload = marked(unmarked);
    const text = JSON.stringify([form, payload]);
    assert.throws(() => decode(form, payload, attachments), Error, text);
  }
});

test("whatever the payload is, decode does no worse than throw an Error", () => {
  const tags = fc.constantFrom(..."lnirasdxmtobveupw", "a", "a", "c", "c");
  const names = fc.constantFrom("Uint8Array", "DataView", "Function", "TypeError", "__proto__");
  const { node } = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 5 },
      fc.oneof(
        fc.jsonValue({ maxDepth: 1 }),
        fc.integer({ min: -1, max: 9 }),
        names,
        tags,
        fc.constant(MARK),
      ),
      fc
        .tuple(tags, fc.array(tie("node"), { maxLength: 4 }))
        .map(([tag, parts]) => [MARK, tag, ...parts]),
      fc
        .array(
          fc.tuple(
            fc.constantFrom("__proto__", "constructor", "stack", "length", "a"),
            tie("node"),
          ),
          {
            maxLength: 3,
          },
        )
        .map((entries) =>
          JSON.parse(
            `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v) ?? 0}`)}}`,
          ),
        ),
    ),
  }));
  fc.assert(
    fc.property(node, node, fc.nat(3), (payload, beside, n) => {
      const attachments = [new ArrayBuffer(8), "8", JSON.stringify(beside) ?? "?"].slice(3 - n);
      onlyThrows(1 + n, JSON.parse(JSON.stringify(payload) ?? "0"), attachments);
    }),
    { numRuns: 5000 },
  );
});

test("a table's first row is an object, not an array or a tag", () => {
  for (const first of ["[1]", "[]", `["${MARK}","l"]`, `["${MARK}","t"]`]) {
    for (const cells of ["", ",1", ",1,1"]) {
      assert.throws(() => decode(1, JSON.parse(`["${MARK}","c",${first}${cells}]`), []), Error);
    }
  }
});

test("a table makes no more of a payload than its text is long", () => {
  const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`k${i}`, i]));
  const cells = Array.from({ length: 10 * 5_000 }, () => 1);
  const rows = decode(1, [MARK, "c", { ...wide }, ...cells], []);
  assert.equal(rows.length, 11);
  assert.throws(() => decode(1, [MARK, "c", wide, ...cells.slice(1)], []), Error);
  // Tables in tables: each is as long as its own text.
  let nested = [MARK, "c", { a: 1 }, 2];
  for (let i = 0; i < 100; i++) nested = [MARK, "c", { a: nested }, 1];
  assert.equal(decode(1, nested, []).length, 2);
});

test("a payload cannot pollute a prototype", () => {
  const paths = ['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}'];
  for (const text of paths) {
    for (const wrapped of [
      text,
      `["${MARK}","a",${text}]`,
      `["${MARK}","s",1,${text}]`,
      `["${MARK}","c",${text},{"polluted":1}]`,
      `["${MARK}","c",{"__proto__":1},${text},{"polluted":1}]`,
      `["${MARK}","e","E",${text}]`,
    ]) {
      onlyThrows(1, JSON.parse(wrapped), []);
    }
  }
});

test("a payload nested beyond the stack throws an Error", () => {
  const levels = 100_000;
  onlyThrows(1, JSON.parse(`${"[".repeat(levels)}1${"]".repeat(levels)}`), []);
});
