/**
 * No step of the codec is quadratic. Steps are counted, not timed: how often each block of the code
 * ran, as V8's precise coverage tells, which is 20 % off at times. Ten times the value takes ten times
 * the steps; quadratic ones would be a hundred times as many.
 */
import assert from "node:assert/strict";
import { Session } from "node:inspector/promises";
import { test } from "node:test";
import { bundle, decode, encode, joined } from "./codec.mjs";

const MARK = "\x7f";
const FEW = 2_000;
const MANY = 10 * FEW;

const session = new Session();
session.connect();
await session.post("Profiler.enable");

async function stepsOf(run) {
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  run();
  const { result } = await session.post("Profiler.takePreciseCoverage");
  await session.post("Profiler.stopPreciseCoverage");
  const { functions } = result.find(({ url }) => url === bundle.href);
  return functions.flatMap(({ ranges }) => ranges).reduce((sum, { count }) => sum + count, 0);
}

const list = (n, make) => Array.from({ length: n }, (_, i) => make(i));

/** What an error cannot take along: a tree with a function at its end. */
const unsendable = (n) => [...list(n, (i) => ({ i })), () => {}];

function errorsSharing(n) {
  const shared = unsendable(n);
  return list(n, (i) => Object.assign(new Error(), { context: { i, shared } }));
}

const VALUES = {
  rows: (n) => list(n, (i) => ({ i, name: "x" })),
  "objects of many shapes": (n) => list(n, (i) => ({ [`k${i}`]: { i } })),
  "one object of many keys": (n) => Object.fromEntries(list(n, (i) => [`k${i}`, [i]])),
  "a Map": (n) => new Map(list(n, (i) => [{ i }, i])),
  "a Set": (n) => new Set(list(n, (i) => [i])),
  "references to one object": (n) => new Array(n).fill([]),
  "a sparse array": (n) => Object.assign(new Array(n * 3), ...list(n, (i) => ({ [i * 3]: [i] }))),
  "views of one buffer": (n) => {
    const buffer = new ArrayBuffer(n);
    return list(n, (i) => new Uint8Array(buffer, i));
  },
  "views of buffers of their own": (n) => list(n, () => new Uint8Array(1)),
  "dates, numbers and BigInts": (n) => list(n, (i) => [new Date(i), -0, BigInt(i)]),
  "a BigInt": (n) => BigInt(`0x${"9".repeat(n * 100)}`),
  "long texts": (n) => list(n / 100, (i) => `${i}`.padEnd(40_000)),
  errors: (n) => list(n, () => new TypeError("why", { cause: [] })),
  "errors with what cannot be sent": (n) =>
    list(n, (i) => Object.assign(new Error(), { i: { i }, f: { i, f() {} } })),
  "errors behind many objects": (n) => [
    list(n, (i) => ({ i })),
    list(n, () => Object.assign(new Error(), { f() {} })),
  ],
  "errors that share what cannot be sent": errorsSharing,
  "an error with many members that cannot be sent": (n) => {
    const members = list(n, (i) => ({ [`k${i}`]: [[], () => {}] }));
    return Object.assign(new Error(), ...members);
  },
};

for (const [name, make] of Object.entries(VALUES)) {
  test(`ten times the value takes ten times the steps: ${name}`, async () => {
    const steps = async (n) => {
      const value = make(n);
      let sent;
      const up = await stepsOf(() => {
        sent = encode(value, "msg");
      });
      const payload = JSON.parse(sent.text);
      const attachments = joined(sent.attachments);
      return [up, await stepsOf(() => decode(sent.form, payload, attachments))];
    };
    const [few, many] = [await steps(FEW), await steps(MANY)];
    for (const side of [0, 1]) {
      assert.ok(many[side] <= 20 * few[side] + 1000, `${few} steps became ${many}`);
    }
  });
}

const FORGED = {
  "views of the last of many buffers": (n) => [
    n + 1,
    list(n, () => [MARK, "v", "Uint8Array", [MARK, "b", n - 1], 0, 0]),
    list(n, () => new ArrayBuffer(0)),
  ],
  references: (n) => [1, [{}, ...list(n, () => [MARK, "r", 1])], []],
  "rows of one key": (n) => [1, [MARK, "c", { a: 1 }, ...list(n, (i) => i)], []],
  "empty boxes in a row": (n) => [1, list(n, () => [MARK, "o", 1]), []],
  digits: (n) => [1, [MARK, "i", "f".repeat(100 * n)], []],
};

for (const [name, make] of Object.entries(FORGED)) {
  test(`ten times the forgery takes ten times the steps: ${name}`, async () => {
    const steps = (n) => {
      const [form, payload, attachments] = make(n);
      return stepsOf(() => decode(form, payload, attachments));
    };
    const [few, many] = [await steps(FEW), await steps(MANY)];
    assert.ok(many <= 20 * few + 1000, `${few} steps became ${many}`);
  });
}

test("buffers are not looked up in a list for each view", () => {
  const { includes, indexOf } = Array.prototype;
  let looked = 0;
  Array.prototype.includes = Array.prototype.indexOf = function (...given) {
    looked += this.length;
    return includes.apply(this, given);
  };
  try {
    decode(...FORGED["views of the last of many buffers"](FEW));
  } finally {
    Object.assign(Array.prototype, { includes, indexOf });
  }
  assert.ok(looked <= FEW, `${looked}`);
});
