/** While an app is developed, the stack of a later rejection has the line of the app that made the call. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DEVELOPING, renderApi, traced } from "./bundle.mjs";
import { twoPages } from "./pair.mjs";
import { Rig } from "./rig.mjs";
import { outcome } from "./ways.mjs";

/** Makes a call. Its name is what the stacks are to have. */
function theCaller(call) {
  return call();
}

/** Two pages whose app is developed, with the error of a call. */
function developed(options) {
  const { pair, main, a, b } = twoPages({ trace: traced, handlerWaitMs: 0, ...options });
  return { pair, main, a, b, calls: renderApi(() => a.end) };
}

async function errorOf(call) {
  const [settled, error] = await outcome(theCaller(call));
  assert.equal(settled, "error");
  return error;
}

/** The frames below the line of the call: those of the app, and at most `own` of this package above them. */
function assertCaller({ stack }, apiName, own = 0) {
  const lines = stack.split("\n");
  const at = lines.indexOf(`    at async ${apiName} (<anonymous>)`);
  assert.ok(at > 0, stack);
  const caller = lines.findIndex((line) => line.includes("at theCaller "));
  // One more is the function that the test gives to the caller.
  assert.ok(caller > at && caller <= at + 2 + own, stack);
  assert.equal(lines.filter((line) => line.includes("at theCaller ")).length, 1, stack);
}

const throws = () => {
  throw new RangeError("the handler's");
};

test("in a page: no handler, no window, no time, an error of the handler, a window that ended", async () => {
  const { pair, main, b, calls } = developed();
  const unheard = await errorOf(() => calls.sendMsgToMain(1));
  assert.equal(unheard.code, "ERR_NO_HANDLER");
  assertCaller(unheard, "sendMsgToMain");
  assert.match(unheard.stack, /^Error \[ERR_NO_HANDLER\]: electron-switchyard: sendMsgToMain: /);
  const unknown = await errorOf(() => calls.callOtherRender("nobody", 1));
  assert.equal(unknown.code, "ERR_UNKNOWN_WINDOW");
  assertCaller(unknown, "callOtherRender", 1);
  main.handle(throws);
  const late = await errorOf(() => calls.sendMsgToMain(1, { timeoutMs: 0 }));
  assert.equal(late.code, "ERR_TIMEOUT");
  assertCaller(late, "sendMsgToMain");
  const thrown = await errorOf(() => calls.sendMsgToMain(1));
  assert.ok(thrown instanceof RangeError);
  assertCaller(thrown, "sendMsgToMain");
  // Its own stack is above, as it was.
  assert.match(thrown.stack, /^RangeError: the handler's\n {4}at throws /);
  b.handle(() => new Promise(() => undefined));
  await pair.quiet();
  const asked = errorOf(() => calls.callOtherRender("b", 1));
  await pair.quiet();
  pair.end(b, true);
  main.flushSoon();
  const gone = await asked;
  assert.equal(gone.code, "ERR_TARGET_GONE");
  assertCaller(gone, "callOtherRender", 1);
});

test("in main: no handler, no time, an error of the handler, a window that ended", async () => {
  const { pair, main, b } = developed();
  // The name that the public call has.
  const callRender = (...args) => main.call(...args);
  const unheard = await errorOf(() => callRender("b", 1));
  assert.equal(unheard.code, "ERR_NO_HANDLER");
  assertCaller(unheard, "callRender");
  const late = await errorOf(() => callRender("b", 1, { timeoutMs: 0 }));
  assert.equal(late.code, "ERR_TIMEOUT");
  assertCaller(late, "callRender");
  b.handle((_, msg) => (msg === 1 ? throws() : new Promise(() => undefined)));
  await pair.quiet();
  const thrown = await errorOf(() => callRender("b", 1));
  assertCaller(thrown, "callRender");
  const asked = errorOf(() => callRender("b", 2));
  await pair.quiet();
  pair.end(b, true);
  main.flushSoon();
  assertCaller(await asked, "callRender");
});

test("calls of services have their line too, in a page and in main", async () => {
  const { pair, main, a } = developed();
  main.services.serve("files", { read: throws });
  for (const [client, own] of [
    [a.connect("files"), 1],
    [main.services.connect("files"), 0],
  ]) {
    assertCaller(await errorOf(() => client.read(1)), "files.read", own);
    assertCaller(await errorOf(() => client.none(1)), "files.none", own);
  }
  await pair.quiet();
});

test("the app's own reason of several calls stays as it is", async () => {
  const { pair, calls } = developed({ handlerWaitMs: 2_000 });
  const aborter = new AbortController();
  const reason = new Error("the app's");
  const { stack } = reason;
  const { signal } = aborter;
  const asked = [1, 2].map((n) => errorOf(() => calls.sendMsgToMain(n, { signal })));
  await pair.quiet();
  aborter.abort(reason);
  for (const error of await Promise.all(asked)) assert.equal(error, reason);
  assert.equal(reason.stack, stack);
});

test("an error at the call itself has the caller's line once", async () => {
  const { main } = developed({ limits: { maxQueueRecords: 1 } });
  await outcome(main.call("b", 1, { timeoutMs: 0 }));
  const [, { stack }] = await outcome(
    theCaller(() => Promise.all([main.call("b", 1), main.call("b", 2)])),
  );
  assert.equal(stack.split("at theCaller ").length, 2, stack);
});

test("errors of apps that freeze them, or are no errors, arrive as they are", async () => {
  const odd = [Object.freeze(new Error("frozen")), "text", undefined, null, 5, { stack: 7 }, {}];
  for (const given of odd) {
    let got = "nothing";
    traced((error) => {
      got = error;
    }, "call")(given);
    assert.equal(got, given);
  }
});

test("the app's limit of frames is as it was, and too low a one hides nothing", async (t) => {
  const { stackTraceLimit } = Error;
  t.after(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });
  Error.stackTraceLimit = 2;
  const { calls } = developed();
  const error = await errorOf(() => calls.sendMsgToMain(1));
  assert.equal(Error.stackTraceLimit, 2);
  assertCaller(error, "sendMsgToMain");
});

/** The stack of a request of a page whose main answers the hello with these messages. */
async function stackOver(...answers) {
  const rig = new Rig();
  const page = rig.page("a", 1, answers);
  const calls = renderApi(() => page.end);
  const early = errorOf(() => calls.sendMsgToMain("before the answer"));
  const { stack } = await early;
  const later = await errorOf(() => calls.sendMsgToMain("after it"));
  return [stack, later.stack];
}

test("a page learns from main's answer to its hello that the app is developed", async () => {
  for (const stack of await stackOver(["", DEVELOPING], 0)) assert.match(stack, /at theCaller /);
});

test("in a packaged app, no stack has the caller's line", async () => {
  for (const stack of await stackOver(0)) assert.doesNotMatch(stack, /theCaller|at async/);
  const { main } = twoPages({ handlerWaitMs: 0 });
  const { stack } = await errorOf(() => main.call("b", 1));
  assert.doesNotMatch(stack, /theCaller|at async/);
});
