import assert from "node:assert/strict";
import { test } from "node:test";
import { Lane } from "./bundle.mjs";
import { twoPages } from "./pair.mjs";

const TWO = { maxQueueRecords: 2 };

/** Three requests while nobody handles, then a handler; how each was settled, or "open". */
async function threeRequests(overflow) {
  const { pair, main, a } = twoPages({ limits: { ...TWO, overflow } });
  const states = ["open", "open", "open"];
  states.forEach((_, i) => {
    a.request(i).then(
      (answer) => {
        states[i] = answer;
      },
      (error) => {
        states[i] = error.code;
      },
    );
  });
  await pair.quiet();
  main.handle((_, msg) => msg);
  await pair.quiet();
  return states;
}

test("under reject, a send to a full queue throws and what waits stays", async () => {
  const { pair, main, a } = twoPages({ limits: { ...TWO, overflow: "reject" } });
  main.send("a", 1);
  main.send("a", 2);
  assert.throws(() => main.send("a", 3), { code: "ERR_QUEUE_FULL", message: /"a" is full/ });
  const got = a.inbox(Lane.FromMain);
  await pair.quiet();
  main.send("a", 4);
  await pair.quiet();
  assert.deepEqual(got, [1, 2, 4]);
});

for (const overflow of ["reject", "drop-oldest", "drop-newest"]) {
  test(`under ${overflow}, a request to a full queue rejects and the others are answered`, async () => {
    assert.deepEqual(await threeRequests(overflow), [0, 1, "ERR_QUEUE_FULL"]);
  });
}

test("under reject, a window's message to a full window is a console warning", async (t) => {
  const warn = t.mock.method(console, "warn", () => undefined);
  const { pair, a, b } = twoPages({ limits: TWO });
  for (const i of [1, 2, 3]) a.send("b", i);
  await pair.quiet();
  assert.equal(warn.mock.callCount(), 1);
  const [text] = warn.mock.calls[0].arguments;
  assert.match(
    text,
    /messages to "b" were not delivered \(1\): .*"b" is full.*\[ERR_QUEUE_FULL\]$/,
  );
  const got = b.inbox(Lane.FromOther);
  await pair.quiet();
  assert.deepEqual(got, [1, 2]);
});

for (const [overflow, kept] of [
  ["drop-oldest", [2, 3]],
  ["drop-newest", [1, 2]],
]) {
  test(`under ${overflow}, no send throws, the drop is counted, and the rest arrives`, async (t) => {
    t.mock.method(console, "warn", () => undefined);
    const { pair, main, a, b } = twoPages({ limits: { ...TWO, overflow } });
    for (const i of [1, 2, 3]) main.send("a", i);
    for (const i of [1, 2, 3]) a.send("b", i);
    await pair.quiet();
    const inboxes = [a.inbox(Lane.FromMain), b.inbox(Lane.FromOther)];
    await pair.quiet();
    assert.deepEqual(inboxes, [kept, kept]);
    const { total } = pair.stats();
    assert.equal(total.dropped, 2);
    assert.equal(total.refused, 0);
    assert.equal(total.accepted, total.delivered + total.queued + total.dropped);
  });
}

test("under drop-oldest, whatever waits makes room: no sender is ever rejected", async (t) => {
  const warn = t.mock.method(console, "warn", () => undefined);
  const { pair, main, a, b } = twoPages({ limits: { ...TWO, overflow: "drop-oldest" } });
  main.send("b", 1);
  main.send("b", 2);
  a.send("b", 3);
  await pair.quiet();
  const inboxes = [b.inbox(Lane.FromMain), b.inbox(Lane.FromOther)];
  await pair.quiet();
  assert.deepEqual(inboxes, [[2], [3]]);
  // Main's, for its message that made room.
  assert.equal(warn.mock.callCount(), 1);
  assert.equal(pair.stats().total.refused, 0);
});

test("the bound of bytes counts attachments", () => {
  const { pair, main } = twoPages({ limits: { maxQueueBytes: 65_536 } });
  main.send("a", new Uint8Array(60_000));
  assert.throws(() => main.send("a", new Uint8Array(6_000)), { code: "ERR_QUEUE_FULL" });
  main.send("b", new Uint8Array(60_000));
  assert.equal(pair.held(), 2);
});

test("one window's full queue is nobody else's", async () => {
  const { pair, main, a, b } = twoPages({ limits: TWO });
  main.send("a", 1);
  main.send("a", 2);
  assert.throws(() => main.send("a", 3));
  main.send("b", 1);
  main.handle((_, msg) => msg);
  assert.equal(await a.request("x"), "x");
  const got = b.inbox(Lane.FromMain);
  await pair.quiet();
  assert.deepEqual(got, [1]);
});

test("what waits for a page waits for the next one after a reload", async () => {
  const { pair, main, a } = twoPages();
  main.send("a", 1);
  await pair.quiet();
  const next = pair.reload(a);
  const got = next.inbox(Lane.FromMain);
  main.send("a", 2);
  await pair.quiet();
  assert.deepEqual(got, [1, 2]);
});

test("an answer for a page that is gone goes nowhere and breaks nothing", async () => {
  const { pair, main, a } = twoPages();
  let answer;
  main.handle(() => new Promise((done) => (answer = done)));
  a.request(1);
  await pair.quiet();
  const next = pair.reload(a);
  answer(new Uint8Array(5));
  await pair.quiet();
  assert.equal(pair.held(), 0);
  const asked = next.request(1);
  await pair.quiet();
  answer("fresh");
  assert.equal(await asked, "fresh");
});

test("when a window closes, what waited for it is dropped and counted", async (t) => {
  t.mock.method(console, "warn", () => undefined);
  const { pair, main, a, b } = twoPages();
  main.send("a", new Uint8Array(10));
  b.send("a", 2);
  await pair.quiet();
  pair.close(a);
  const { closed, total } = pair.stats();
  assert.equal(closed.dropped, 2);
  assert.equal(total.queued, 0);
  const reports = [];
  main.onUndeliverable((report) => reports.push(report));
  await pair.quiet();
  reports.length = 0;
  main.send("a", 1);
  await pair.quiet();
  const told = reports.map(({ count, code, reason }) => [count, code, reason]);
  assert.deepEqual(told, [[1, "ERR_TARGET_GONE", "closed"]]);
  await assert.rejects(main.call("a", 1, {}), { code: "ERR_TARGET_GONE", reason: "closed" });
});
