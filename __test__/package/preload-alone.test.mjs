// The ready-made preload with no more of Node than Electron 46 gives, and compiled as Electron 42 and
// later do it: from V8's code cache the second time.
import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { compile, page, run } from "./preload-vm.mjs";

function assertStarted({ hellos, scripts, exposed }) {
  assert.equal(hellos.length, 1, "one hello to main");
  assert.ok(hellos[0][2].length > 0, "with a port");
  assert.equal(scripts.length, 1, "one script for the page");
  assert.equal(exposed.length, 1, "one bridge");
}

test("the ready-made preload starts without Buffer, setImmediate and Node's modules", () => {
  const context = page();
  for (const name of ["Buffer", "setImmediate", "clearImmediate", "process", "require"]) {
    assert.equal(vm.runInContext(`typeof ${name}`, context), "undefined", name);
  }
  assertStarted(run(compile(context), context));
});

test("the ready-made preload starts from V8's code cache as from its text", () => {
  const { cachedData } = compile(page(), { produceCachedData: true });
  const context = page();
  const preload = compile(context, { cachedData });
  assert.equal(preload.cachedDataRejected, false);
  assertStarted(run(preload, context));
});

/** What each way of failing says on the console, and what was rejected without a handler. */
async function failing(t, webFrame) {
  const error = t.mock.method(console, "error", () => undefined);
  const unhandled = [];
  const note = (reason) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  const context = page();
  const { hellos } = run(compile(context), context, webFrame);
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off("unhandledRejection", note);
  assert.equal(hellos.length, 1);
  return { lines: error.mock.calls.map(({ arguments: [line] }) => line), unhandled };
}

test("a script that cannot run in the page is one short line, and no rejection", async (t) => {
  const reject = () => Promise.reject(new Error("x".repeat(10_000)));
  const refuse = () => {
    throw new Error("y".repeat(10_000));
  };
  for (const executeJavaScript of [reject, refuse]) {
    const { lines, unhandled } = await failing(t, { executeJavaScript });
    assert.deepEqual(unhandled, []);
    assert.equal(lines.length, 1);
    assert.ok(lines[0].length <= 500);
    t.mock.restoreAll();
  }
});

test("where Electron has executeJavaScript without its warning, that runs the script", async (t) => {
  const scripts = [];
  const executeJavaScript = () => assert.fail("the one that warns");
  const _executeJavaScript = async (script) => void scripts.push(script);
  const { lines } = await failing(t, { executeJavaScript, _executeJavaScript });
  assert.deepEqual(lines, []);
  assert.equal(scripts.length, 1);
});
