import assert from "node:assert/strict";
import { test } from "node:test";
import { pageEnd } from "./page-end.mjs";

const MAX_HELLO_MS = 5_000;
/** For what is asked later. */
const MAX_LATE_MS = 1_000;
/** A page's turn after that. */
const TURN_MS = 50;
const MAX_KEPT = 100_000;
const MAX_KEPT_BYTES = 64 * 1024 * 1024;

/** A page's end whose main has not answered yet, what left it, and how main answers. */
function unheard(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const warn = t.mock.method(console, "warn", () => undefined);
  const { end, posted, hear } = pageEnd();
  const records = () => posted.flatMap((message) => JSON.parse([message].flat()[0] || "[]"));
  const warnings = () => warn.mock.calls.map(({ arguments: [line] }) => line);
  const ticks = (ms) => {
    t.mock.timers.tick(ms);
    t.mock.timers.tick(TURN_MS);
  };
  return { end, posted, records, warnings, ticks, answer: (count = 0) => hear(count) };
}

const settled = (promise) => promise.then(String, ({ code, message }) => `${code} ${message}`);

test("what a page sends before main answers leaves in order when it does, with its listeners", async (t) => {
  const { end, posted, records, answer, warnings } = unheard(t);
  const bytes = new Uint8Array(40_000);
  end.fromMain.add(() => undefined);
  end.request("a", {});
  end.send("w", "b");
  end.call("w", bytes, {});
  bytes[0] = 9;
  await undefined;
  assert.deepEqual(posted, []);
  answer();
  assert.deepEqual(
    records().map(([kind]) => kind),
    [1, 2, 7],
  );
  assert.equal(posted[0][1], 1);
  assert.equal(
    new Uint8Array(posted.flatMap((message) => (Array.isArray(message) && message[2]) || [])[0])[0],
    0,
  );
  assert.deepEqual(warnings(), []);
});

test("long bytes wait as they were sent, though a script has replaced slice and the app changes them", async (t) => {
  const { end, posted, answer } = unheard(t);
  const typedArrays = Object.getPrototypeOf(Uint8Array.prototype);
  const bytes = new Uint8Array(70_000).fill(1);
  const { mock } = t.mock.method(typedArrays, "slice", () => new Uint8Array(0));
  end.send("w", bytes);
  bytes.fill(9);
  await undefined;
  mock.restore();
  answer();
  const fragments = posted.flatMap((message) => message[2] ?? []);
  assert.equal(
    fragments.reduce((sum, each) => sum + each.byteLength, 0),
    70_000,
  );
  assert.ok(fragments.every((each) => new Uint8Array(each).every((byte) => byte === 1)));
});

test("a page that only listens says so when main answers, and once", async (t) => {
  const { end, posted, answer } = unheard(t);
  const remove = end.fromMain.add(() => undefined);
  await undefined;
  remove();
  await undefined;
  end.fromOther.add(() => undefined);
  await undefined;
  answer();
  assert.deepEqual(posted, [["", 2]]);
});

test("main does not answer: requests and calls reject with ERR_NO_MAIN, and one line says why", async (t) => {
  const { end, warnings, ticks, answer, records, posted } = unheard(t);
  const asked = [end.request(["x".repeat(40_000)], {}), end.call("w", 1, {})].map(settled);
  end.send("w", new Uint8Array([1, 2, 3]));
  asked.push(settled(end.request(3, {})));
  await undefined;
  t.mock.timers.tick(MAX_HELLO_MS);
  // The answer may be there and wait for its turn.
  assert.deepEqual(warnings(), []);
  t.mock.timers.tick(TURN_MS);
  asked.push(settled(end.request(2, { timeoutMs: 1e6 })));
  await undefined;
  ticks(MAX_LATE_MS);
  const said = await Promise.all(asked);
  const calls = ["sendMsgToMain", "callOtherRender", "sendMsgToMain", "sendMsgToMain"];
  for (const [i, call] of calls.entries()) {
    assert.ok(said[i].startsWith(`ERR_NO_MAIN electron-switchyard: ${call}: `), said[i]);
    assert.match(said[i], /5000 ms.*initIpc/);
  }
  assert.equal(warnings().length, 1);
  assert.match(warnings()[0], /ERR_NO_MAIN/);
  // Main begins after all.
  answer();
  end.request("again", {}).catch(() => undefined);
  await undefined;
  assert.deepEqual(
    records().map(([kind]) => kind),
    [2, 1],
  );
  assert.deepEqual(
    posted
      .flatMap((message) => (Array.isArray(message) && message[2]) || [])
      .map((bytes) => [...new Uint8Array(bytes)]),
    [[1, 2, 3]],
  );
});

test("main answers in time: nothing is said, and no timer is left", async (t) => {
  const { end, warnings, ticks, answer, records } = unheard(t);
  end.request(1, {}).catch(() => undefined);
  await undefined;
  t.mock.timers.tick(MAX_HELLO_MS);
  answer();
  ticks(MAX_HELLO_MS);
  assert.deepEqual([warnings(), records().length], [[], 1]);
});

test("a request that is given up before main is late is never sent after it", async (t) => {
  const { end, answer, records, ticks } = unheard(t);
  const controller = new AbortController();
  const given = settled(end.request(1, { signal: controller.signal }));
  const late = settled(end.call("w", 1, { timeoutMs: 10 }));
  await undefined;
  controller.abort(new Error("no more"));
  t.mock.timers.tick(10);
  assert.match(await given, /no more/);
  assert.match(await late, /ERR_TIMEOUT/);
  ticks(MAX_HELLO_MS);
  answer();
  await undefined;
  assert.deepEqual(records(), []);
});

test("what is kept is bounded in number: beyond it, requests reject and messages are reported", async (t) => {
  const { end, answer, records } = unheard(t);
  const reports = [];
  end.reports.add((report) => reports.push(report));
  for (let n = 0; n < MAX_KEPT + 5_000; n++) end.send(n % 2 ? "odd" : "even", n);
  const asked = await settled(end.request(1, {}));
  await undefined;
  assert.ok(reports.every(({ code }) => code === "ERR_QUEUE_FULL"));
  assert.match(reports[0].message, /100000 messages/);
  const refused = reports.reduce((sum, { count }) => sum + count, 0);
  assert.ok(refused >= 5_000 && refused < 7_000, `${refused}`);
  assert.ok(reports.length < 30, `${reports.length}`);
  assert.match(asked, /^ERR_QUEUE_FULL electron-switchyard: sendMsgToMain: /);
  for (let n = 0; n < 1000; n++) answer(n);
  const sent = records().map(([, , , n]) => n);
  assert.equal(sent.length, MAX_KEPT + 5_000 - refused);
  assert.deepEqual(
    sent,
    sent.slice().sort((a, b) => a - b),
  );
});

test("what is kept is bounded in bytes, of text and of bytes; one alone may be longer", async (t) => {
  for (const make of [(n) => "x".repeat(n), (n) => new Uint8Array(n), (n) => ["y".repeat(n), 1]]) {
    t.mock.timers.reset();
    const { end } = unheard(t);
    let refused = 0;
    end.reports.add(({ count }) => {
      refused += count;
    });
    const SIZE = 1024 * 1024;
    for (let n = 0; n < 100; n++) end.send("w", make(SIZE));
    await undefined;
    assert.ok(refused >= 100 - MAX_KEPT_BYTES / SIZE && refused < 40, `${refused}`);
    t.mock.timers.reset();
    const alone = unheard(t);
    alone.end.reports.add((report) => assert.fail(report.message));
    alone.end.send("w", make(MAX_KEPT_BYTES + 1));
    await undefined;
    alone.answer();
    assert.ok(alone.posted.length > 0);
  }
});
