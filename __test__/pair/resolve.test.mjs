import assert from "node:assert/strict";
import { test } from "node:test";
import { Lane } from "./bundle.mjs";
import { Pair, twoPages } from "./pair.mjs";

test("an unknown name is asked for once per packet, and the message arrives", async () => {
  const asked = [];
  let late;
  const resolve = (names, pair) => {
    asked.push(names);
    late ??= pair.open("late");
  };
  const { pair, a, b } = twoPages({ resolve });
  const got = b.inbox(Lane.FromOther);
  a.send("late", 1);
  a.send("b", 2);
  a.send("late", new Uint8Array([3]));
  await pair.quiet();
  a.send("late", 4);
  const lateGot = late.inbox(Lane.FromOther);
  await pair.quiet();
  assert.deepEqual(asked, [["late"]]);
  assert.deepEqual(lateGot, [1, new Uint8Array([3]), 4]);
  assert.deepEqual(got, [2]);
  assert.equal(pair.held(), 0);
});

test("a name that stays unknown is a console warning, and the rest of the packet arrives", async (t) => {
  const warn = t.mock.method(console, "warn", () => undefined);
  const { pair, main, a, b } = twoPages({ resolve: () => undefined });
  main.handle((_, msg) => msg);
  const got = b.inbox(Lane.FromOther);
  a.send("nobody", new Uint8Array(3));
  a.send("b", 1);
  assert.equal(await a.request("x"), "x");
  await pair.quiet();
  assert.deepEqual(got, [1]);
  assert.equal(warn.mock.callCount(), 1);
  assert.equal(pair.held(), 0);
});

test("without resolveWindow nobody is asked", async (t) => {
  t.mock.method(console, "warn", () => undefined);
  const pair = new Pair();
  const a = pair.open("a");
  a.send("nobody", 1);
  await pair.quiet();
  assert.equal(pair.stats().unknownWindow, 1);
});

test("what resolveWindow sends while it is asked arrives too", async () => {
  const resolve = (_, pair) => {
    pair.open("late");
    pair.main.send("a", "opening");
    pair.main.send("late", "first");
  };
  const { pair, a } = twoPages({ resolve });
  const got = a.inbox(Lane.FromMain);
  a.send("late", "second");
  await pair.quiet();
  assert.deepEqual(got, ["opening"]);
  assert.deepEqual(pair.stats().windows.late.queued, 2);
});
