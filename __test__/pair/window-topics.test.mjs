// Topics from window to window, over the real router.
import assert from "node:assert/strict";
import { test } from "node:test";
import { twoPages } from "./pair.mjs";
import { catchUncaught } from "./uncaught.mjs";

/** All values of a topic that a page gets from now on. */
function values(page, topic) {
  const got = [];
  page.subscribe(topic, (_, value) => got.push(value));
  return got;
}

test("a value reaches all who subscribe, with its sender, and nobody else", async () => {
  const { pair, a, b } = twoPages();
  const events = [];
  b.subscribe("theme", (event, value) => events.push([event.windowName, event.origin, value]));
  const others = values(b, "other");
  const own = values(a, "theme");
  await pair.quiet();
  a.publish("theme", { dark: true });
  await pair.quiet();
  assert.deepEqual(events, [["a", "file://", { dark: true }]]);
  assert.deepEqual(own, [{ dark: true }]);
  assert.deepEqual(others, []);
});

test("nobody there is no error, and is not reported", async () => {
  const { pair, a } = twoPages();
  a.end.reports.add((report) => assert.fail(report.message));
  a.publish("nobody", 1);
  await pair.quiet();
});

test("order holds for each publisher and topic, with attachments among the values", async () => {
  const { pair, a, b } = twoPages();
  const got = values(b, "t");
  await pair.quiet();
  const sent = Array.from({ length: 500 }, (_, i) =>
    i % 50 === 7 ? new Uint8Array(70_000).fill(i) : i,
  );
  for (const value of sent) a.publish("t", value);
  await pair.quiet();
  assert.deepEqual(got, sent);
});

test("a value is as it was when it was published", async () => {
  const { pair, a, b } = twoPages();
  const got = values(b, "t");
  await pair.quiet();
  const value = { list: [1] };
  a.publish("t", value);
  value.list.push(2);
  await pair.quiet();
  assert.deepEqual(got, [{ list: [1] }]);
});

test("each newcomer of a world gets the retained value first, alone and once, in the middle of a flood", async () => {
  const { pair, a, b } = twoPages();
  a.publish("t", 0, { retain: true });
  await pair.quiet();
  const got = [];
  for (let i = 1; i <= 200; i++) {
    a.publish("t", i, { retain: true });
    if (i % 20 === 0) got.push(values(b, "t"));
    if (i % 33 === 0) await pair.quiet();
  }
  await pair.quiet();
  for (const list of got) {
    const [first] = list;
    assert.deepEqual(
      list,
      Array.from({ length: 201 - first }, (_, i) => first + i),
    );
  }
});

test("a reloaded page is a newcomer", async () => {
  const { pair, a, b } = twoPages();
  values(b, "t");
  a.publish("t", "kept", { retain: true });
  await pair.quiet();
  const got = values(pair.reload(b), "t");
  await pair.quiet();
  assert.deepEqual(got, ["kept"]);
});

test("to names windows, and an unknown one is reported with the topic", async () => {
  const { pair, a, b } = twoPages();
  const c = pair.open("c");
  const [inA, inB, inC] = [a, b, c].map((page) => values(page, "t"));
  const reports = [];
  a.end.reports.add((report) => reports.push(report));
  await pair.quiet();
  a.publish("t", 1, { to: "b" });
  a.publish("t", 2, { to: ["b", "c", "nobody"] });
  a.publish("t", 3, { to: [] });
  await pair.quiet();
  assert.deepEqual([inA, inB, inC], [[], [1, 2], [2]]);
  assert.deepEqual(
    reports.map(({ topic, windowName, code }) => [topic, windowName, code]),
    [["t", "nobody", "ERR_UNKNOWN_WINDOW"]],
  );
});

test("without a listener, the console names topic and window once", async (t) => {
  const { pair, a } = twoPages();
  const warn = t.mock.method(console, "warn", () => undefined);
  for (let i = 0; i < 3; i++) {
    a.publish("t", i, { to: "nobody" });
    await pair.quiet();
  }
  assert.equal(warn.mock.callCount(), 1);
  assert.match(warn.mock.calls[0].arguments[0], /values of "t" to "nobody"/);
});

test("values that wait are replaced under their key, and order holds", async () => {
  const { pair, a, b } = twoPages({ limits: { maxInFlightBytes: 262_144 } });
  const got = values(b, "t");
  await pair.quiet();
  for (let i = 0; i < 1_000; i++)
    a.publish("t", { i, fill: "x".repeat(2_000) }, { conflate: "job" });
  a.publish("t", "end");
  await pair.quiet();
  assert.ok(got.length < 1_000, `${got.length}`);
  assert.equal(got.at(-1), "end");
  assert.equal(got.at(-2).i, 999);
  const numbers = got.slice(0, -1).map(({ i }) => i);
  assert.deepEqual(
    numbers,
    [...numbers].sort((one, other) => one - other),
  );
});

test("a subscriber that throws is reported once, and the others get theirs", async (t) => {
  const { pair, a, b } = twoPages();
  b.subscribe("t", () => {
    throw new Error("a subscriber failed");
  });
  const got = values(b, "t");
  const caught = catchUncaught(t);
  await pair.quiet();
  a.publish("t", 1);
  await pair.quiet();
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(got, [1]);
  assert.deepEqual(
    caught.map(({ message }) => message),
    ["a subscriber failed"],
  );
});

test("after Undo nothing comes, also of what was in flight", async () => {
  const { pair, a, b } = twoPages();
  const got = [];
  const undo = b.subscribe("t", (_, value) => got.push(value));
  await pair.quiet();
  a.publish("t", 1);
  undo();
  await pair.quiet();
  a.publish("t", 2);
  await pair.quiet();
  assert.deepEqual(got, []);
  const again = values(b, "t");
  await pair.quiet();
  a.publish("t", 3);
  await pair.quiet();
  assert.deepEqual(again, [3]);
  assert.equal(pair.stats().badPackets ?? 0, 0);
});

test("more topics than numbers: each value still reaches its own topic", async () => {
  const { pair, a, b } = twoPages();
  const [first, last] = [values(b, "topic 0"), values(b, "topic 5000")];
  await pair.quiet();
  for (let i = 0; i <= 5_000; i++) a.publish(`topic ${i}`, i);
  a.publish("topic 0", "again");
  await pair.quiet();
  assert.deepEqual([first, last], [[0, "again"], [5_000]]);
});

test("a wrong topic, value or option is an error, and nothing is published", async () => {
  const { pair, a, b } = twoPages();
  const got = values(b, "t");
  await pair.quiet();
  assert.throws(() => a.publish(5, 1), { code: "ERR_INVALID_ARG_TYPE" });
  assert.throws(() => a.publish("", 1), { code: "ERR_INVALID_ARG_TYPE" });
  assert.throws(() => a.publish("t", { f() {} }), {
    code: "ERR_NOT_CLONEABLE",
    message: "electron-switchyard: value.f is a function and cannot be sent",
  });
  assert.throws(() => a.publish("t", 1, { conflate: 5 }), { code: "ERR_INVALID_OPTION" });
  assert.throws(() => a.publish("t", 1, { to: "b", retain: true }), { code: "ERR_INVALID_OPTION" });
  await pair.quiet();
  assert.deepEqual(got, []);
});

test("two worlds of a window may subscribe, and both may publish", async () => {
  const { pair, a, b } = twoPages();
  const preload = pair.load(b.contents, "b", b.link + 1);
  const [inPage, inPreload] = [values(b, "t"), values(preload, "t")];
  await pair.quiet();
  a.publish("t", 1);
  preload.publish("t", 2);
  await pair.quiet();
  assert.deepEqual([...inPage].sort(), [1, 2]);
  assert.deepEqual([...inPreload].sort(), [1, 2]);
});

test("names with lone surrogates are one topic at both ends", async () => {
  const { pair, a, b } = twoPages();
  const got = values(b, "\ud800");
  await pair.quiet();
  a.publish("\ud800", 1);
  a.publish("\ufffd", 2);
  await pair.quiet();
  assert.deepEqual(got, [1, 2]);
});
