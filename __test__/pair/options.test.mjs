import assert from "node:assert/strict";
import { test } from "node:test";
import { onCall, onUndeliverable, renderApi } from "./bundle.mjs";
import { twoPages } from "./pair.mjs";
import { timersOf } from "./signals.mjs";
import { REQUESTS, start } from "./ways.mjs";

const MOST = 2 ** 31 - 1;

const BAD_TIMES = [-1, 1.5, Number.NaN, Infinity, -Infinity, MOST + 1, 2 ** 53, "5", "", null];
BAD_TIMES.push(true, [], [5], {}, () => 1, new Date(5), new Number(5));
/** What JavaScript itself throws for, where it is taken for a number. */
const HARDER_TIMES = [5n, Symbol("5"), Object.create(null)];

const BAD_SIGNALS = [null, 5, "abort", true, {}, [], new EventTarget(), new AbortController()];
BAD_SIGNALS.push({ aborted: "no" }, () => 1, Symbol("s"));

/** What was given, as the message says it. */
const GOT = [
  [{ timeoutMs: -1 }, /timeoutMs must be an integer from 0 to 2147483647, and is -1 \(number\)$/],
  [{ timeoutMs: "5" }, /timeoutMs must be an integer from 0 to 2147483647, and is "5"$/],
  [{ signal: null }, /signal must be an AbortSignal, and is null$/],
  [{ timeout: 5 }, /an option must be timeoutMs or signal, and is "timeout"$/],
];

for (const way of REQUESTS) {
  /** Bad options throw at once, name the call, and send nothing. */
  const assertRefused = async (options, message = /./) => {
    const { pair, ask, handle } = start(way);
    handle(() => assert.fail("it was sent"));
    await pair.quiet();
    const before = pair.stats().total.accepted;
    assert.throws(
      () => ask(1, options),
      (error) => {
        assert.equal(error.code, "ERR_INVALID_OPTION", String(error));
        assert.ok(error.message.startsWith(`electron-switchyard: ${way.call}: `), error.message);
        assert.match(error.message, message);
        return true;
      },
    );
    await pair.quiet();
    assert.equal(pair.stats().total.accepted, before);
    assert.equal(pair.held(), 0);
  };

  test(`${way.way}: a timeoutMs that is no integer in range is ERR_INVALID_OPTION`, async () => {
    for (const timeoutMs of BAD_TIMES) await assertRefused({ timeoutMs }, /timeoutMs/);
  });

  test(`${way.way}: a timeoutMs that JavaScript cannot make a number of is ERR_INVALID_OPTION`, async () => {
    for (const timeoutMs of HARDER_TIMES) await assertRefused({ timeoutMs }, /timeoutMs/);
  });

  test(`${way.way}: a signal that is none is ERR_INVALID_OPTION`, async () => {
    for (const signal of BAD_SIGNALS) await assertRefused({ signal }, /signal/);
  });

  test(`${way.way}: a signal that cannot be listened to is ERR_INVALID_OPTION`, async () => {
    await assertRefused({ signal: { aborted: false } }, /signal/);
  });

  test(`${way.way}: an option that does not exist is ERR_INVALID_OPTION`, async () => {
    await assertRefused({ timeout: 5 }, /timeout/);
    await assertRefused({ timeoutMs: 5, handlerWaitMs: undefined }, /handlerWaitMs/);
    await assertRefused(JSON.parse('{"__proto__":1}'), /__proto__/);
  });

  test(`${way.way}: options that are no object are ERR_INVALID_OPTION`, async () => {
    for (const options of [null, 5, 0, "", "x", true, () => 1, Symbol("s"), 5n]) {
      await assertRefused(options, /options must be an object/);
    }
  });

  test(`${way.way}: the message says what was given and what would be right`, async () => {
    for (const [options, message] of GOT) await assertRefused(options, message);
  });

  test(`${way.way}: a getter of the options that throws is the app's own error`, async () => {
    const { ask } = start(way);
    const options = {
      get timeoutMs() {
        throw new RangeError("mine");
      },
    };
    assert.throws(() => ask(1, options), { name: "RangeError", message: "mine" });
  });

  test(`${way.way}: right options are taken, and members that are undefined are none`, async (t) => {
    const timers = timersOf(t, MOST);
    const { ask, handle } = start(way);
    handle((_, msg) => msg);
    const { signal } = new AbortController();
    const right = [
      {},
      { timeoutMs: undefined, signal: undefined },
      { timeoutMs: MOST },
      { timeoutMs: 60_000, signal },
      { signal },
      Object.assign(Object.create(null), { signal }),
      Object.freeze({ timeoutMs: 60_000 }),
    ];
    for (const [i, options] of right.entries()) assert.equal(await ask(i, options), i);
    assert.equal(timers(), 0);
  });
}

/** The calls of page a, with page b and main as echoes. */
async function apiOfPage() {
  const { pair, main, a, b } = twoPages();
  main.handle((_, msg) => msg);
  b.handle((_, msg) => msg);
  await pair.quiet();
  return { pair, api: renderApi(() => a.end) };
}

test("sendMsgToMain ignores a second argument that is no object, as map gives it", async () => {
  const { api } = await apiOfPage();
  const list = ["x", "y", "z"];
  assert.deepEqual(await Promise.all(list.map(api.sendMsgToMain)), list);
  for (const ignored of [undefined, null, 0, 5, "x", true, () => 1, Symbol("s"), 5n]) {
    assert.equal(await api.sendMsgToMain("x", ignored), "x");
  }
  assert.throws(() => api.sendMsgToMain("x", { timeoutMs: -1 }), { code: "ERR_INVALID_OPTION" });
  assert.throws(() => api.sendMsgToMain("x", { index: 1 }), { code: "ERR_INVALID_OPTION" });
});

test("callOtherRender takes no options or an object, and a name", async () => {
  const { api } = await apiOfPage();
  assert.equal(await api.callOtherRender("b", 1), 1);
  assert.equal(await api.callOtherRender("b", 2, undefined), 2);
  assert.equal(await api.callOtherRender("b", 3, { timeoutMs: 60_000 }), 3);
  for (const options of [null, 5, "x"]) {
    assert.throws(() => api.callOtherRender("b", 1, options), { code: "ERR_INVALID_OPTION" });
  }
  for (const name of ["", 5, null, undefined, {}]) {
    const wrong = { name: "TypeError", code: "ERR_INVALID_ARG_TYPE", message: /windowName/ };
    assert.throws(() => api.callOtherRender(name, 1), wrong);
  }
});

test("onCall and onUndeliverable take a function and nothing else", async () => {
  const { a } = twoPages();
  for (const add of [onCall, onUndeliverable]) {
    for (const wrong of [undefined, null, 5, "x", {}]) {
      const refused = { name: "TypeError", code: "ERR_INVALID_ARG_TYPE" };
      const message = new RegExp(`^electron-switchyard: ${add.name}: `);
      assert.throws(() => add(() => a.end, wrong), { ...refused, message });
    }
    const undo = add(
      () => a.end,
      () => undefined,
    );
    assert.equal(undo(), undefined);
    assert.equal(undo(), undefined);
  }
});
