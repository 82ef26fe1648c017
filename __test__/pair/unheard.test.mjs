import assert from "node:assert/strict";
import { test } from "node:test";
import { Endpoint, WorldWire } from "./bundle.mjs";

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
  const posted = [];
  let answer;
  const end = new Endpoint({
    post: (lanes, frame, attachments) => posted.push([lanes, frame, attachments]),
    listen: () => undefined,
    opened: (callback) => {
      answer = callback;
    },
  });
  const records = () => posted.flatMap(([, frame]) => JSON.parse(frame || "[]"));
  const warnings = () => warn.mock.calls.map(({ arguments: [line] }) => line);
  const late = () => {
    t.mock.timers.tick(MAX_HELLO_MS);
    t.mock.timers.tick(TURN_MS);
  };
  return { end, posted, records, warnings, late, answer: () => answer(), timers: t.mock.timers };
}

const settled = (promise) => promise.then(String, ({ code, message }) => `${code} ${message}`);

test("what a page sends before main answers leaves in order when it does, with its listeners", async (t) => {
  const { end, posted, records, answer, warnings } = unheard(t);
  const bytes = new Uint8Array(70_000);
  end.fromMain.add(() => undefined);
  end.request("a", {});
  end.send("w", "b");
  end.call("w", bytes, {});
  bytes[0] = 9;
  await undefined;
  assert.deepEqual(posted, []);
  answer();
  await undefined;
  assert.deepEqual(
    records().map(([kind]) => kind),
    [1, 2, 7],
  );
  assert.ok(posted.every(([lanes]) => lanes === 1));
  assert.equal(posted.flatMap(([, , attachments]) => attachments)[0][0], 0);
  assert.deepEqual(warnings(), []);
});

test("main does not answer: requests and calls reject with ERR_NO_MAIN, and one line says why", async (t) => {
  const { end, warnings, late, answer, records, timers } = unheard(t);
  const asked = [end.request(1, {}), end.call("w", 1, {})].map(settled);
  end.send("w", "kept");
  timers.tick(MAX_HELLO_MS);
  // The answer may be there and wait for its turn.
  await undefined;
  assert.deepEqual(warnings(), []);
  late();
  asked.push(settled(end.request(2, { timeoutMs: 1e6 })));
  timers.tick(MAX_LATE_MS);
  timers.tick(TURN_MS);
  const said = await Promise.all(asked);
  for (const [i, call] of ["sendMsgToMain", "callOtherRender", "sendMsgToMain"].entries()) {
    assert.ok(said[i].startsWith(`ERR_NO_MAIN ${call}: `), said[i]);
    assert.match(said[i], /5000 ms.*initIpc/);
  }
  assert.equal(warnings().length, 1);
  assert.match(warnings()[0], /ERR_NO_MAIN/);
  // Main begins after all.
  answer();
  const again = end.request("again", {});
  again.catch(() => undefined);
  await undefined;
  assert.deepEqual(
    records().map(([kind, , , msg]) => [kind, msg]),
    [
      [2, "kept"],
      [1, "again"],
    ],
  );
});

test("main answers in time: nothing is said, and no timer is left", async (t) => {
  const { end, warnings, late, answer, records } = unheard(t);
  end.request(1, {}).catch(() => undefined);
  t.mock.timers.tick(MAX_HELLO_MS);
  answer();
  late();
  await undefined;
  assert.deepEqual([warnings(), records().length], [[], 1]);
});

test("a request that is given up before main answers is never sent", async (t) => {
  const { end, answer, records } = unheard(t);
  const controller = new AbortController();
  const given = settled(end.request(1, { signal: controller.signal }));
  const late = settled(end.call("w", 1, { timeoutMs: 10 }));
  controller.abort(new Error("no more"));
  t.mock.timers.tick(10);
  assert.match(await given, /no more/);
  assert.match(await late, /ERR_TIMEOUT/);
  answer();
  await undefined;
  assert.deepEqual(records(), []);
});

test("what is kept is bounded in number: beyond it, requests reject and messages are reported", async (t) => {
  const { end, answer, records } = unheard(t);
  const reports = [];
  end.reports.add((report) => reports.push(report));
  for (let n = 0; n < MAX_KEPT + 7; n++) end.send(n % 2 ? "odd" : "even", n);
  const asked = await settled(end.request(1, {}));
  assert.match(asked, /^ERR_QUEUE_FULL sendMsgToMain: .*100000 messages/);
  await undefined;
  const told = reports.map(({ windowName, count, code }) => [windowName, count, code]);
  assert.deepEqual(told, [
    ["even", 4, "ERR_QUEUE_FULL"],
    ["odd", 3, "ERR_QUEUE_FULL"],
  ]);
  answer();
  await undefined;
  assert.deepEqual(
    records().map(([, , , n]) => n),
    Array.from({ length: MAX_KEPT }, (_, n) => n),
  );
});

test("what is kept is bounded in bytes, of text and of bytes; one alone may be longer", async (t) => {
  for (const make of [(n) => "x".repeat(n), (n) => new Uint8Array(n), (n) => ["y".repeat(n), 1]]) {
    t.mock.timers.reset();
    const { end, posted, answer } = unheard(t);
    let refused = 0;
    end.reports.add(({ count }) => {
      refused += count;
    });
    const SIZE = 1024 * 1024;
    for (let n = 0; n < 100; n++) end.send("w", make(SIZE));
    await undefined;
    assert.ok(refused >= 100 - MAX_KEPT_BYTES / SIZE && refused < 40, `${refused}`);
    const other = unheardAgain(t);
    other.send("w", make(MAX_KEPT_BYTES + 1));
    await undefined;
    answer();
    assert.ok(posted.length > 0);
  }
  function unheardAgain() {
    const end = new Endpoint({
      post: () => undefined,
      listen: () => undefined,
      opened: () => undefined,
    });
    end.reports.add((report) => assert.fail(report.message));
    return end;
  }
});

test("a world's wire says once when main has answered, to whoever asks before or after", () => {
  const wire = new WorldWire();
  let take;
  const port = { addEventListener: (_, each) => (take = each), start() {}, postMessage() {} };
  const calls = [];
  wire.opened(() => calls.push("before"));
  wire.join(port);
  assert.deepEqual(calls, []);
  for (let n = 0; n < 3; n++) take({ data: 0 });
  assert.deepEqual(calls, ["before"]);
  wire.opened(() => calls.push("after"));
  assert.deepEqual(calls, ["before", "after"]);
});
