import assert from "node:assert/strict";
import { test } from "node:test";
import { Lane } from "./bundle.mjs";
import { twoPages } from "./pair.mjs";
import { catchUncaught } from "./uncaught.mjs";

test("every listener gets every message, in the order in which they were added", async () => {
  const { pair, main, a } = twoPages();
  const got = [];
  for (const name of ["x", "y", "z"]) a.on(Lane.FromMain, (_, msg) => got.push(`${name}${msg}`));
  main.send("a", 1);
  main.send("a", 2);
  await pair.quiet();
  assert.deepEqual(got, ["x1", "y1", "z1", "x2", "y2", "z2"]);
});

test("the same listener twice counts once, and one undo removes it", async () => {
  const { pair, main, a } = twoPages();
  const got = [];
  const listener = (_, msg) => got.push(msg);
  a.on(Lane.FromMain, listener);
  const undo = a.on(Lane.FromMain, listener);
  main.send("a", 1);
  await pair.quiet();
  undo();
  undo();
  main.send("a", 2);
  await pair.quiet();
  assert.deepEqual(got, [1]);
});

test("the two lanes do not mix", async () => {
  const { pair, main, a, b } = twoPages();
  const fromMain = a.inbox(Lane.FromMain);
  const fromOther = a.inbox(Lane.FromOther);
  main.send("a", "main");
  b.send("a", "b");
  await pair.quiet();
  assert.deepEqual([fromMain, fromOther], [["main"], ["b"]]);
});

test("off of a function that does not listen changes nothing", async () => {
  const { pair, main, a } = twoPages();
  const got = a.inbox(Lane.FromMain);
  a.off(Lane.FromMain, () => undefined);
  main.send("a", 1);
  await pair.quiet();
  assert.deepEqual(got, [1]);
});

test("a listener added by a listener gets the next message, not this one", async () => {
  const { pair, main, a } = twoPages();
  const late = [];
  let added = false;
  a.on(Lane.FromMain, () => {
    if (!added) a.on(Lane.FromMain, (_, msg) => late.push(msg));
    added = true;
  });
  main.send("a", 1);
  main.send("a", 2);
  await pair.quiet();
  assert.deepEqual(late, [2]);
});

test("a listener that throws stops nobody, and its error is uncaught", async (t) => {
  const errors = catchUncaught(t);
  const { pair, main, a } = twoPages();
  const boom = new Error("boom");
  a.on(Lane.FromMain, (_, msg) => {
    if (msg === 1) throw boom;
  });
  const got = a.inbox(Lane.FromMain);
  main.handle(() => "fine");
  main.send("a", 1);
  main.send("a", 2);
  assert.equal(await a.request(0), "fine");
  await pair.quiet();
  await new Promise((done) => setTimeout(done, 5));
  assert.deepEqual(got, [1, 2]);
  assert.deepEqual(errors, [boom]);
});

test("a listener cannot change what another listener learns of the sender", async () => {
  const { pair, a, b } = twoPages();
  const seen = [];
  b.on(Lane.FromOther, (event) => {
    assert.throws(() => {
      event.windowName = "forged";
    }, TypeError);
  });
  b.on(Lane.FromOther, (event) => seen.push(event.windowName));
  a.send("b", 1);
  await pair.quiet();
  assert.deepEqual(seen, ["a"]);
});

test("two worlds of one document each get every message", async () => {
  const { pair, main, a } = twoPages();
  const preload = pair.load(a.contents, "a", a.link + 1);
  const inboxes = [a.inbox(Lane.FromMain), preload.inbox(Lane.FromMain)];
  await pair.quiet();
  main.send("a", 1);
  await pair.quiet();
  assert.deepEqual(inboxes, [[1], [1]]);
});

test("an answer goes to the world that asked", async () => {
  const { pair, main, a } = twoPages();
  const preload = pair.load(a.contents, "a", a.link + 1);
  main.handle((_, msg) => msg);
  assert.deepEqual(await Promise.all([a.request("page"), preload.request("preload")]), [
    "page",
    "preload",
  ]);
});
