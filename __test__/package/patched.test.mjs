// Whatever accessors a page's scripts put on the prototypes, before the preload's script or after
// everything, each call of the page does what it does elsewhere.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import vm from "node:vm";
import { honestMain, Isolated } from "./isolated.mjs";

const VALUES = `({
  flat: { a: 1, b: "x", c: null },
  rows: Array.from({ length: 9 }, (_, n) => ({ n, text: "t" + n })),
  nested: [[1, [2, "3"]], { k: [{}] }],
  rich: [undefined, 5n, new Date(7), /a/g, new Map([["k", { v: 1 }]]), new Set([1, [2]]), NaN, -0],
  sparse: Object.assign([1, , 3], { extra: 1 }),
  bytes: [new Uint8Array(70000).fill(7), new Uint8Array([1, 2]), new ArrayBuffer(3)],
  text: "x".repeat(40000),
})`;
const EXPECTED = vm.runInThisContext(VALUES);
const BEFORE = `globalThis.values = ${VALUES}; globalThis.then = Promise.prototype.then;`;

const INDEXES = ["0", "1", "2", "3", "9"];
const KEYS = "get set value writable enumerable configurable then toJSON detail initData bubbles";
const MORE = "code name message reason form text attachments post data type why";

const WAYS = {
  "accessors that do nothing": "get() {}, set() {}",
  "a value that cannot be changed": "value: 7",
};
/** Nobody can read the keys of a value or of options that throw when they are read. */
const THROWS = { "accessors that throw": "get() { throw this; }, set() { throw this; }" };

const PATCHES = [
  ...INDEXES.map((key) => ["Object", key, { ...WAYS, ...THROWS }]),
  ...INDEXES.slice(0, 3).map((key) => ["Array", key, { ...WAYS, ...THROWS }]),
  ...KEYS.split(" ").map((key) => ["Object", key, WAYS]),
  ...["get", "set", "value", "writable", "detail", "bubbles", "post", "text"].map((key) => [
    "Object",
    key,
    THROWS,
  ]),
  ...MORE.split(" ").map((key) => ["Object", key, WAYS]),
  ...["then", "toJSON", "value"].map((key) => ["Array", key, WAYS]),
].flatMap(([owner, key, ways]) =>
  Object.entries(ways).map(([way, how]) => ({
    name: `${owner}.prototype["${key}"]: ${way}`,
    script: `Object.defineProperty(${owner}.prototype, "${key}",
      { __proto__: null, configurable: true, ${how} });`,
  })),
);

/** What the page's promise gives, by the `then` that it had before the patch. */
const outcome = (page, promise) =>
  new Promise((resolve, reject) => page.window.then.call(promise, resolve, reject));

async function soon(holds) {
  for (let n = 0; n < 500 && !holds(); n++) await sleep(10);
}

async function assertAllCalls(page, { rig, honest }) {
  const { sy } = page;
  const { values } = page.window;
  const got = [];
  sy.onMsgFromMain((_, msg) => got.push(msg));
  sy.onMsgFromOtherRender((_, msg) => got.push(msg));
  sy.onCall((_, msg) => msg);
  sy.onUndeliverable(({ code }) => got.push(code));
  for (const [name, value] of Object.entries(values)) {
    const answer = await outcome(page, sy.sendMsgToMain(value));
    assert.deepEqual(structuredClone(answer), EXPECTED[name], name);
  }
  const answer = await outcome(page, sy.callOtherRender("honest", values.rich));
  assert.deepEqual(structuredClone(answer), EXPECTED.rich);
  const refused = await outcome(page, sy.callOtherRender("nobody", 1)).catch((error) => error);
  assert.equal(refused.code, "ERR_UNKNOWN_WINDOW");
  assert.deepEqual(await rig.main.call("page", EXPECTED.rich, {}), EXPECTED.rich);
  sy.sendMsgToOtherRender("honest", values.nested);
  rig.main.send("page", EXPECTED.rows);
  honest.end.send("page", "hi");
  sy.sendMsgToOtherRender("nobody", 1);
  await soon(() => got.length === 3 && honest.got.length === 1);
  const kinds = structuredClone(got).sort((a, b) => typeof a < typeof b);
  assert.deepEqual(new Set(kinds), new Set([EXPECTED.rows, "hi", "ERR_UNKNOWN_WINDOW"]));
  assert.deepEqual(honest.got, [EXPECTED.nested]);
  sy.offMsgFromMain(() => 0);
  sy.offMsgFromOtherRender(() => 0);
}

async function law({ script }, phase) {
  const ends = honestMain();
  const before = phase === "before" ? BEFORE + script : BEFORE;
  const page = new Isolated(ends.rig, "page", 2, { before });
  if (phase === "after") page.run(script);
  try {
    await assertAllCalls(page, ends);
    assert.deepEqual([page.uncaught, page.preloadUncaught, ends.rig.refused], [[], [], []]);
  } finally {
    page.close();
  }
}

test("an option that all objects have is rejected by name", async () => {
  const { rig } = honestMain();
  const page = new Isolated(rig, "page", 2);
  const options = page.run("Object.prototype.signal = 7; return {};");
  try {
    assert.throws(() => page.sy.sendMsgToMain(1, options), {
      code: "ERR_INVALID_OPTION",
      message: /signal/,
    });
  } finally {
    page.close();
  }
});

for (const phase of ["before", "after"]) {
  test(`what prototypes are given ${phase} our scripts changes no call`, async (t) => {
    for (const method of ["warn", "error"]) t.mock.method(console, method, () => undefined);
    for (const patch of PATCHES) {
      await law(patch, phase).catch((error) => {
        assert.fail(`${patch.name}: ${error.stack}`);
      });
    }
  });
}
