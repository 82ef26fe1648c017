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
