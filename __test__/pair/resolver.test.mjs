import assert from "node:assert/strict";
import { test } from "node:test";
import { Resolver } from "./bundle.mjs";

/** A resolver whose app knows some names, at a time that the test sets. */
function resolverOf(known = []) {
  const asked = [];
  const clock = { now: 0 };
  const find = (name) => {
    asked.push(name);
    return known.includes(name);
  };
  return {
    asked,
    clock,
    resolver: new Resolver(
      find,
      () => clock.current,
      () => clock.now,
    ),
  };
}

test("a name that the app has no window for is asked for once a second", () => {
  const { asked, clock, resolver } = resolverOf();
  for (clock.now = 0; clock.now < 3_000; clock.now += 10) resolver.resolveAll(["x"]);
  assert.deepEqual(asked, ["x", "x", "x"]);
});

test("a storm of names is 100 a second, one line, and what is found does not count", (t) => {
  const warn = t.mock.method(console, "warn", () => undefined);
  const found = Array.from({ length: 500 }, (_, n) => `known ${n}`);
  const { asked, clock, resolver } = resolverOf(found);
  resolver.resolveAll(found);
  assert.deepEqual(asked, found);
  resolver.resolveAll(Array.from({ length: 40_000 }, (_, n) => `${n}`));
  assert.equal(asked.length, 600);
  clock.now = 1_000;
  resolver.resolveAll(["x"]);
  assert.equal(asked.length, 601);
  assert.equal(warn.mock.callCount(), 1);
});

test("a clock that is set back stops nothing", () => {
  const { asked, clock, resolver } = resolverOf();
  resolver.resolveAll(["x"]);
  clock.now = -1_000_000;
  resolver.resolveAll(["x"]);
  assert.deepEqual(asked, ["x", "x"]);
});

test("who takes the place of the one that knew no window is asked at once", () => {
  const { asked, clock, resolver } = resolverOf();
  resolver.resolveAll(["x"]);
  clock.current = "another";
  resolver.resolveAll(["x"]);
  assert.deepEqual(asked, ["x", "x"]);
});

test("members of Object.prototype are names like others", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
  const { asked, resolver } = resolverOf();
  for (let n = 0; n < 10; n++) resolver.resolveAll(names);
  assert.deepEqual(asked, names);
});

test("what the app throws is one line for each kind, whatever it is", (t) => {
  const warn = t.mock.method(console, "warn", () => undefined);
  for (const thrown of [new Error("boom"), Object.create(null), Symbol("s"), undefined, "x"]) {
    const broken = () => {
      throw thrown;
    };
    const resolver = new Resolver(broken, () => broken);
    resolver.resolveAll(["a", "b", "c"]);
  }
  assert.equal(warn.mock.callCount(), 5);
});
