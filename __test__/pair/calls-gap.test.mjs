/** Calls that a page got after its handler was removed: what they wait for, and what is kept of them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { callsOf } from "./bundle.mjs";
import { twoPages } from "./pair.mjs";
import { heldTimers, timersOf } from "./signals.mjs";

/** As long as a call waits for the next handler, in ms. */
const GAP = 5_000;

/** A page that got calls of these numbers from main, and what it answers them. */
function pageWith(...numbers) {
  const { b } = twoPages();
  const answers = [];
  b.end.add = (_kind, address, { text }) => answers.push([...JSON.parse(address), text]);
  for (const number of numbers) callsOf(b.end).take(number, 0, () => `msg ${number}`);
  return { page: b, answers };
}

/** The first lines of the errors that are made from now to the test's end. */
function errorsOf(t) {
  const made = [];
  const { prepareStackTrace } = Error;
  t.after(() => {
    Error.prepareStackTrace = prepareStackTrace;
  });
  Error.prepareStackTrace = (error) => made.push(error.message) && `${error}`;
  return made;
}

test("calls wait for the next handler, in order, and their timers end with the wait", async (t) => {
  const timers = timersOf(t, GAP);
  const { page, answers } = pageWith(1, 2);
  await turn();
  assert.equal(timers(), 2);
  page.handle((_, msg) => msg);
  await turn();
  assert.equal(timers(), 0);
  assert.deepEqual(answers, [
    [1, 1, '"msg 1"'],
    [2, 1, '"msg 2"'],
  ]);
});

test("a call that gets its handler in time makes no error", async (t) => {
  const made = errorsOf(t);
  const { page, answers } = pageWith(1);
  await turn();
  page.handle(() => "here");
  await turn();
  assert.equal(answers.length, 1);
  assert.deepEqual(made, []);
});

test("a call has one time for its wait, whatever wakes it in between", async (t) => {
  const timers = heldTimers(t, GAP);
  const { page, answers } = pageWith(1);
  for (let i = 0; i < 3; i++) {
    callsOf(page.end).again();
    await turn();
  }
  assert.equal(timers.count(), 1);
  timers.runOut();
  await turn();
  const [[number, ok, text]] = answers;
  assert.deepEqual([number, ok], [1, 0]);
  assert.match(text, /ERR_NO_HANDLER.*the handler was removed, and no other came/);
});

test("a call that was cancelled waits no longer, and its handler never runs", async (t) => {
  const timers = timersOf(t, GAP);
  const { page, answers } = pageWith(1, 2, 3);
  await turn();
  page.end.takers[9]([9, 1], () => "the reason");
  page.end.takers[6]([6, [2], "ERR_TARGET_GONE", "closed", 1, "its window was closed"]);
  await turn();
  assert.equal(timers(), 1);
  const got = [];
  page.handle((_, msg) => got.push(msg));
  await turn();
  assert.deepEqual(got, ["msg 3"]);
  assert.deepEqual(answers, [[3, 1, "1"]]);
});

test("nothing is kept of a call whose time ran out", async (t) => {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc");
  // No mock, which would keep what it was called with.
  const { Promise: Plain, setTimeout } = globalThis;
  t.after(() => Object.assign(globalThis, { Promise: Plain, setTimeout }));
  const wakers = [];
  let runOut;
  globalThis.setTimeout = (act) => {
    runOut = act;
  };
  globalThis.Promise = class extends Plain {
    constructor(executor) {
      super((resolve, reject) => {
        wakers.push(new WeakRef(resolve));
        executor(resolve, reject);
      });
    }
  };
  const { page, answers } = pageWith(1);
  globalThis.Promise = Plain;
  await turn();
  assert.ok(wakers.length > 0);
  runOut();
  runOut = undefined;
  await turn();
  assert.equal(answers.length, 1);
  gc();
  await turn();
  assert.deepEqual(
    wakers.filter((waker) => waker.deref()),
    [],
  );
  // The page itself is still there.
  assert.ok(callsOf(page.end));
});
