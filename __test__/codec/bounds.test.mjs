import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { bundle, decode, encode, send } from "./codec.mjs";

const MARK = "\x7f";
const MAX_DEPTH = 1000;
const MAX_PATTERN = 65_536;

const NESTS = {
  array: (inner) => [inner],
  object: (inner) => ({ inner }),
  "object with undefined": (inner) => ({ inner, u: undefined }),
  "sparse array": (inner) => Object.assign(new Array(2), { 1: inner }),
  Map: (inner) => new Map([[1, inner]]),
  "Map's key": (inner) => new Map([[inner, 1]]),
  Set: (inner) => new Set([inner]),
  error: (inner) => Object.assign(new Error("why"), { inner }),
};

function nested(make, levels, inner = 1) {
  let value = inner;
  for (let i = 0; i < levels; i++) value = make(value);
  return value;
}

/** Whether the codec takes a value of so many levels, both ways. */
function isTaken(value) {
  try {
    send(value);
    return true;
  } catch (error) {
    assert.equal(error.code, "ERR_NOT_CLONEABLE", String(error));
    assert.equal(
      error.message,
      "electron-switchyard: msg is nested too deeply (over 1000 levels) and cannot be sent",
    );
    return false;
  }
}

for (const [name, make] of Object.entries(NESTS)) {
  test(`${MAX_DEPTH} levels arrive, and not one more: ${name}`, () => {
    // Of an error, only what can be sent.
    const inError = name === "error";
    assert.ok(isTaken(nested(make, MAX_DEPTH)));
    assert.equal(isTaken(nested(make, MAX_DEPTH + 1)), inError);
    assert.equal(isTaken(nested(make, 100_000)), inError);
  });
}

test("the last level may be whatever is one object", () => {
  for (const make of [
    () => Object(5n),
    () => Buffer.from("b"),
    () => new Date(1),
    () => Object(-0),
  ]) {
    assert.ok(isTaken(nested(NESTS.array, MAX_DEPTH - 1, make())));
    assert.equal(isTaken(nested(NESTS.array, MAX_DEPTH, make())), false);
  }
});

test("what encode takes, decode takes: at any depth, of any mixture", () => {
  const makes = Object.values(NESTS);
  for (let seed = 1; seed <= 200; seed++) {
    let random = seed;
    let value = 5n;
    for (let i = 0; i < MAX_DEPTH + (seed % 3) - 1; i++) {
      random = (random * 48271) % 0x7fffffff;
      value = makes[random % makes.length](value);
    }
    isTaken(value);
  }
});

function refused(form, payload, attachments = []) {
  let error;
  assert.throws(
    () => decode(form, payload, attachments),
    (thrown) => {
      error = thrown;
      return thrown.code === "ERR_BAD_PACKET";
    },
  );
  return error.message;
}

test("forged nesting is rejected, with the bound, whatever it is made of", () => {
  const wraps = {
    array: (inner) => [inner],
    object: (inner) => ({ inner }),
    tagged: (inner) => [MARK, "a", inner],
    boxed: (inner) => [MARK, "o", inner],
    map: (inner) => [MARK, "m", inner, inner === 1 ? 2 : 1],
    error: (inner) => [MARK, "e", "Error", { inner }],
    sparse: (inner) => [MARK, "s", 1, { 0: inner }],
    table: (inner) => [MARK, "c", { inner }, 1],
    cell: (inner) => [MARK, "c", { a: 1 }, inner],
  };
  for (const wrap of Object.values(wraps)) {
    for (const levels of [MAX_DEPTH + 2, 100_000]) {
      assert.equal(
        refused(1, nested(wrap, levels)),
        "electron-switchyard: the message could not be read: it is nested too deeply (over 1000 levels)",
      );
    }
  }
});

test("a sparse array takes no memory for its holes: a gigabyte of them in 64 MB", () => {
  const script = `import { decode, encode } from ${JSON.stringify(bundle.href)};
    const all = Array.from({ length: 500 }, () => Object.assign([], { length: 2 ** 32 - 1 }));
    for (const each of all) { each.length = 33554431; each[5] = 1; }
    const { form, text } = encode(all, "msg");
    const got = decode(form, JSON.parse(text), []);
    if (got.length !== 500 || got.some((a) => a.length !== 33554431 || a[5] !== 1)) throw 1;
    if (Object.keys(got[7]).join() !== "5") throw 2;
    console.log(process.memoryUsage().rss);`;
  const options = ["--max-old-space-size=64", "--input-type=module", "-e", script];
  assert.ok(Number(execFileSync(process.execPath, options)) < 300 * 2 ** 20);
});

test("holes, their length and what lies between them arrive", () => {
  for (const length of [0, 1, 5, 1000, 33_554_431, 33_554_432, 2 ** 32 - 1]) {
    const value = new Array(1);
    value.length = 2 ** 32 - 1;
    value.length = length;
    if (length > 3) value[3] = { a: 1 };
    const got = send([value])[0];
    assert.equal(got.length, length);
    assert.deepEqual(Object.keys(got), length > 3 ? ["3"] : []);
  }
});

test("a BigInt of a million digits arrives, and is read in parts", () => {
  for (const text of [
    "0x1",
    `0x${"f".repeat(2048)}`,
    `0x8${"0".repeat(2048)}`,
    `0x${"9a".repeat(5e5)}`,
  ]) {
    const value = BigInt(text);
    assert.equal(send(value), value);
    assert.equal(send(-value), -value);
    assert.equal(send(Object(value)).valueOf(), value);
  }
  assert.deepEqual(send([0n, -1n, 10n, -255n]), [0n, -1n, 10n, -255n]);
  // The engine is never given more digits than it reads in no time.
  const { BigInt: native } = globalThis;
  let longest = 0;
  globalThis.BigInt = (given) => {
    longest = Math.max(longest, String(given).length);
    return native(given);
  };
  try {
    decode(1, [MARK, "i", "f".repeat(1e6)], []);
  } finally {
    globalThis.BigInt = native;
  }
  assert.ok(longest <= 2050, `${longest}`);
  for (const bad of ["", "-", "x", "0x1", 5, null, [], "1 2"]) refused(1, [MARK, "i", bad]);
});

test("a Date is made of a number or of nothing, and no text of a sender's is read as one", () => {
  let reads = 0;
  for (const bad of ["2020", ["x"], { valueOf: () => ++reads }, [[["x".repeat(1e6)]]], true]) {
    assert.ok(Number.isNaN(decode(1, [MARK, "d", bad], []).getTime()));
  }
  assert.equal(reads, 0);
});

const RICHER = "a RegExp too many (over 65536 characters)";

test("the patterns of a message have a bound together, the same on both sides", () => {
  const source = (length) => "a".repeat(length);
  const fits = [new RegExp(source(MAX_PATTERN - 3)), /abc/];
  assert.deepEqual(send(fits), fits);
  assert.throws(() => encode([...fits, { x: /d/ }], "msg"), {
    code: "ERR_NOT_CLONEABLE",
    message: `electron-switchyard: msg[2].x is ${RICHER} and cannot be sent`,
  });
  const node = (pattern, flags = "") => [MARK, "x", pattern, flags];
  decode(1, [node(source(MAX_PATTERN - 3)), node("abc")], []);
  const message = refused(1, [node(source(MAX_PATTERN - 3)), node("abcd")]);
  assert.equal(message, `electron-switchyard: the message could not be read: it is ${RICHER}`);
});

test("what takes the engine long in a pattern counts as much text", () => {
  const node = (pattern, flags) => [MARK, "x", pattern, flags];
  decode(1, node("\\p{L}".repeat(50), "u"), []);
  decode(1, node("\\w".repeat(30_000), "iu"), []);
  decode(1, node("p".repeat(60_000), ""), []);
  for (const [pattern, flags] of [
    ["\\p{L}", "u"],
    ["\\P{Lu}", "iu"],
    ["[^\\p{L}]", "iu"],
    ["[\\W]".repeat(30), "iv"],
    ["\\p{RGI_Emoji}", "v"],
  ]) {
    const many = pattern.repeat(100);
    assert.match(refused(1, node(many, flags)), /characters/);
  }
});

test("an error that has tried a RegExp in vain has room for the next", () => {
  const long = new RegExp("a".repeat(60_000));
  const errors = Array.from({ length: 5 }, () =>
    Object.assign(new Error(), { a: [long, () => {}] }),
  );
  assert.deepEqual(send([errors, long])[1], long);
});
