import assert from "node:assert/strict";
import { test } from "node:test";
import { Lane } from "./bundle.mjs";
import { Pair, twoPages } from "./pair.mjs";
import { catchUncaught } from "./uncaught.mjs";

const CLOSED = { code: "ERR_TARGET_GONE", reason: "closed", message: "the window was closed" };
const UNREGISTERED = {
  code: "ERR_TARGET_GONE",
  reason: "unregistered",
  message: "the name of the window was unregistered",
};

/** The reports that a page or main gets from now on. */
function reportsOf(end) {
  const reports = [];
  const add = (listener) =>
    end.end ? end.end.reports.add(listener) : end.onUndeliverable(listener);
  const undo = add((report) => reports.push(report));
  return { reports, undo, add };
}

/** Those who send messages to a window. */
const SENDERS = {
  "the main process": ({ main }) => main,
  "a window": ({ a }) => a,
};

for (const [name, senderOf] of Object.entries(SENDERS)) {
  /** A pair whose sender listens. */
  const listening = (options) => {
    const two = twoPages(options);
    const sender = senderOf(two);
    return { ...two, sender, ...reportsOf(sender) };
  };

  test(`${name} is notified of what waited for a window that is closed, in one report`, async () => {
    const { pair, b, sender, reports } = listening();
    for (const msg of [1, new Uint8Array(9), 3]) sender.send("b", msg);
    await pair.quiet();
    assert.deepEqual(reports, []);
    pair.close(b);
    await pair.quiet();
    assert.deepEqual(reports, [{ windowName: "b", count: 3, ...CLOSED }]);
    assert.equal(pair.held(), 0);
  });

  test(`${name} is notified of what waited under a name that is taken away`, async () => {
    const { pair, sender, reports } = listening();
    sender.send("b", 1);
    await pair.quiet();
    pair.unregister("b");
    await pair.quiet();
    assert.deepEqual(reports, [{ windowName: "b", count: 1, ...UNREGISTERED }]);
  });

  test(`${name} is not notified of messages that arrive, or wait over reloads and crashes`, async () => {
    const { pair, b, sender, reports } = listening();
    sender.send("b", 1);
    await pair.quiet();
    const next = pair.reload(pair.reload(b));
    pair.end(next, true);
    const last = pair.load(b.contents, "b");
    const got = [last.inbox(Lane.FromMain), last.inbox(Lane.FromOther)];
    await pair.quiet();
    assert.deepEqual(got.flat(), [1]);
    assert.deepEqual(reports, []);
  });

  for (const [overflow, kept] of [
    ["drop-oldest", [4, 5]],
    ["drop-newest", [1, 2]],
  ]) {
    test(`${name} is notified of what gave way under ${overflow}, in one report`, async () => {
      const { pair, b, sender, reports } = listening({ limits: { maxQueueRecords: 2, overflow } });
      for (const msg of [1, 2, 3, 4, 5]) sender.send("b", msg);
      await pair.quiet();
      assert.equal(reports.length, 1);
      const [{ message, ...report }] = reports;
      assert.deepEqual(report, {
        windowName: "b",
        count: 3,
        code: "ERR_QUEUE_FULL",
        reason: undefined,
      });
      assert.match(message, /window "b" is full: 2 messages/);
      const got = [b.inbox(Lane.FromMain), b.inbox(Lane.FromOther)];
      await pair.quiet();
      assert.deepEqual(got.flat(), kept);
    });
  }

  test(`${name}: each turn has a report of its own`, async () => {
    const { pair, sender, reports } = listening({
      limits: { maxQueueRecords: 1, overflow: "drop-newest" },
    });
    for (const count of [3, 1, 2]) {
      for (let i = 0; i < count; i++) sender.send("b", i);
      await pair.quiet();
    }
    assert.deepEqual(
      reports.map(({ count }) => count),
      [2, 1, 2],
    );
  });

  test(`${name}: each window and each reason has a report of its own`, async () => {
    const { pair, b, sender, reports } = listening({
      limits: { maxQueueRecords: 2, overflow: "drop-newest" },
    });
    const c = pair.open("c");
    for (const to of ["b", "c"]) for (const i of [1, 2, 3]) sender.send(to, i);
    await pair.quiet();
    pair.close(b);
    pair.unregister("c");
    pair.close(c);
    await pair.quiet();
    const key = ({ windowName, code, reason, count }) =>
      [windowName, code, reason ?? "", count].join();
    assert.deepEqual(reports.map(key).sort(), [
      "b,ERR_QUEUE_FULL,,1",
      "b,ERR_TARGET_GONE,closed,2",
      "c,ERR_QUEUE_FULL,,1",
      "c,ERR_TARGET_GONE,unregistered,2",
    ]);
  });

  test(`${name}: messages to a window that lost its name before it was closed are reported, too`, async (t) => {
    const error = t.mock.method(console, "error", () => undefined);
    const { pair, b, sender, reports } = listening();
    b.inbox(Lane.FromMain);
    b.inbox(Lane.FromOther);
    await pair.quiet();
    // As in Electron 9 while it is not sure which document is there.
    pair.router.pauseWindow(b.contents, true);
    sender.send("b", 1);
    await pair.quiet();
    pair.unregister("b");
    pair.close(b);
    await pair.quiet();
    assert.equal(error.mock.callCount(), 0);
    assert.deepEqual(
      reports.map(({ windowName, count, code }) => [windowName, count, code]),
      [["b", 1, "ERR_TARGET_GONE"]],
    );
  });

  test(`${name}: a report cannot be changed by who gets it first`, async () => {
    const { pair, b, sender, reports, add } = listening();
    let frozen;
    add((report) => {
      frozen = Object.isFrozen(report);
    });
    sender.send("b", 1);
    await pair.quiet();
    pair.close(b);
    await pair.quiet();
    assert.equal(frozen, true);
    assert.equal(reports.length, 1);
  });

  test(`${name}: several listeners each get each report, and undo removes one, once`, async () => {
    const { pair, sender, reports, undo, add } = listening({
      limits: { maxQueueRecords: 1, overflow: "drop-newest" },
    });
    const others = [];
    add((report) => others.push(report));
    for (const i of [1, 2]) sender.send("b", i);
    await pair.quiet();
    undo();
    undo();
    sender.send("b", 3);
    await pair.quiet();
    assert.deepEqual([reports.length, others.length], [1, 2]);
  });

  test(`${name}: a listener that throws stops no other, and its error is uncaught`, async (t) => {
    const errors = catchUncaught(t);
    const warn = t.mock.method(console, "warn", () => undefined);
    const two = twoPages();
    const sender = senderOf(two);
    const boom = new Error("boom");
    reportsOf(sender).add(() => {
      throw boom;
    });
    const { reports } = reportsOf(sender);
    sender.send("b", 1);
    await two.pair.quiet();
    two.pair.close(two.b);
    await two.pair.quiet();
    await new Promise((done) => setTimeout(done, 5));
    assert.equal(reports.length, 1);
    assert.deepEqual(errors, [boom]);
    assert.equal(warn.mock.callCount(), 0);
    // And what comes after the report is handled.
    two.main.handle((_, msg) => msg);
    assert.equal(await two.a.request("on"), "on");
  });

  test(`${name}: a listener may send, and is not notified of that in this turn`, async () => {
    const { pair, sender, reports, add } = listening({
      limits: { maxQueueRecords: 1, overflow: "drop-newest" },
    });
    let sent = 0;
    add(() => {
      if (sent++ < 2) sender.send("b", "again");
    });
    for (const i of [1, 2]) sender.send("b", i);
    await pair.quiet();
    assert.deepEqual(
      reports.map(({ count }) => count),
      [1, 1, 1],
    );
  });

  test(`${name}: while nobody listens, there is one warning for each window and reason`, async (t) => {
    const warn = t.mock.method(console, "warn", () => undefined);
    const two = twoPages({ limits: { maxQueueRecords: 2, overflow: "drop-newest" } });
    const { pair } = two;
    const sender = senderOf(two);
    const c = pair.open("c");
    for (let round = 0; round < 3; round++) {
      for (const to of ["b", "c"]) for (const i of [1, 2, 3]) sender.send(to, i);
      await pair.quiet();
    }
    pair.close(two.b);
    pair.close(c);
    await pair.quiet();
    const lines = warn.mock.calls.map(({ arguments: [line, ...rest] }) => {
      assert.deepEqual(rest, []);
      return line.replace(/the queue of.*?\[/, "... [");
    });
    assert.deepEqual(lines.sort(), [
      'electron-switchyard: messages to "b" were not delivered (1): ... [ERR_QUEUE_FULL]',
      'electron-switchyard: messages to "b" were not delivered (2): the window was closed [ERR_TARGET_GONE]',
      'electron-switchyard: messages to "c" were not delivered (1): ... [ERR_QUEUE_FULL]',
      'electron-switchyard: messages to "c" were not delivered (2): the window was closed [ERR_TARGET_GONE]',
    ]);
  });

  test(`${name}: a window of the same name again warns no second time, another reason does`, async (t) => {
    const warn = t.mock.method(console, "warn", () => undefined);
    const two = twoPages();
    const { pair } = two;
    const sender = senderOf(two);
    let { b } = two;
    for (let round = 0; round < 3; round++) {
      sender.send("b", 1);
      await pair.quiet();
      pair.close(b);
      await pair.quiet();
      b = pair.open("b");
    }
    assert.equal(warn.mock.callCount(), 1);
    sender.send("b", 1);
    await pair.quiet();
    pair.unregister("b");
    await pair.quiet();
    assert.equal(warn.mock.callCount(), 2);
    assert.match(
      warn.mock.calls[1].arguments[0],
      /"b" were not delivered \(1\): .* was unregistered/,
    );
  });

  test(`${name}: while somebody listens nothing is on the console, and after the undo it is again`, async (t) => {
    const warn = t.mock.method(console, "warn", () => undefined);
    const { pair, sender, undo } = listening({
      limits: { maxQueueRecords: 1, overflow: "drop-newest" },
    });
    for (const i of [1, 2]) sender.send("b", i);
    await pair.quiet();
    assert.equal(warn.mock.callCount(), 0);
    undo();
    sender.send("b", 3);
    await pair.quiet();
    assert.equal(warn.mock.callCount(), 1);
  });

  test(`${name}: a listener that removes itself has had the report: there is no warning`, async (t) => {
    const warn = t.mock.method(console, "warn", () => undefined);
    const two = twoPages();
    const sender = senderOf(two);
    const heard = [];
    const { undo, add } = reportsOf(sender);
    undo();
    const leave = add((report) => heard.push(report) && leave());
    sender.send("b", 1);
    await two.pair.quiet();
    two.pair.close(two.b);
    await two.pair.quiet();
    assert.equal(heard.length, 1);
    assert.equal(warn.mock.callCount(), 0);
  });

  test(`${name}: a name with quotes and lines is one line of a warning`, async (t) => {
    const warn = t.mock.method(console, "warn", () => undefined);
    const two = twoPages();
    const sender = senderOf(two);
    const odd = 'a "b"\n\u001b[31m';
    const window = two.pair.open(odd);
    sender.send(odd, 1);
    await two.pair.quiet();
    two.pair.close(window);
    await two.pair.quiet();
    assert.equal(warn.mock.callCount(), 1);
    const [line] = warn.mock.calls[0].arguments;
    assert.ok(line.includes(`messages to ${JSON.stringify(odd)} were not delivered (1): `), line);
    assert.equal(line.split("\n").length, 1);
  });

  test(`${name}: requests that fail are rejected, not reported`, async (t) => {
    const warn = t.mock.method(console, "warn", () => undefined);
    const { pair, b, sender, reports } = listening({
      limits: { maxQueueRecords: 2, overflow: "drop-oldest" },
    });
    const asked = [1, 2, 3].map((n) => sender.call("b", n, {}).catch((error) => error.code));
    asked.push(sender.call("nobody", 4, {}).catch((error) => error.code));
    await pair.quiet();
    pair.close(b);
    const codes = await Promise.all(asked);
    assert.deepEqual(codes, [
      "ERR_TARGET_GONE",
      "ERR_TARGET_GONE",
      "ERR_QUEUE_FULL",
      "ERR_UNKNOWN_WINDOW",
    ]);
    await pair.quiet();
    assert.deepEqual(reports, []);
    assert.equal(warn.mock.callCount(), 0);
  });

  test(`${name}: every message is delivered, waiting or reported, whatever the policy`, async () => {
    for (const overflow of ["drop-oldest", "drop-newest"]) {
      const { pair, b, sender, reports } = listening({ limits: { maxQueueRecords: 7, overflow } });
      for (let i = 0; i < 100; i++) {
        sender.send("b", i);
        if (i % 10 === 9) await pair.quiet();
      }
      const sum = () => reports.reduce((all, { count }) => all + count, 0);
      // Main may use the whole queue, and a window its share of it.
      const { queued } = pair.stats().windows.b;
      assert.equal(queued, name === "the main process" ? 7 : 5);
      assert.equal(sum(), 100 - queued);
      pair.close(b);
      await pair.quiet();
      assert.equal(sum(), 100);
    }
  });
}

test("under reject, main's send throws and is not reported; a window's is reported", async () => {
  const { pair, main, a } = twoPages({ limits: { maxQueueRecords: 1 } });
  const ofMain = reportsOf(main).reports;
  const ofPage = reportsOf(a).reports;
  main.send("b", 1);
  assert.throws(() => main.send("b", 2), { code: "ERR_QUEUE_FULL" });
  assert.throws(() => main.send("nobody", 2), { code: "ERR_UNKNOWN_WINDOW" });
  a.send("b", 3);
  a.send("b", 4);
  await pair.quiet();
  assert.deepEqual(ofMain, []);
  assert.deepEqual(
    ofPage.map(({ windowName, count, code }) => [windowName, count, code]),
    [["b", 2, "ERR_QUEUE_FULL"]],
  );
});

test("a window is notified of messages to unknown windows, one report for each name", async () => {
  const { pair, a } = twoPages();
  const { reports } = reportsOf(a);
  for (const to of ["x", "y", "x", "x"]) a.send(to, new Uint8Array(9));
  await pair.quiet();
  const counts = reports.map(({ windowName, count, code, reason }) => [
    windowName,
    [count, code, reason],
  ]);
  assert.deepEqual(Object.fromEntries(counts), {
    x: [3, "ERR_UNKNOWN_WINDOW", undefined],
    y: [1, "ERR_UNKNOWN_WINDOW", undefined],
  });
  for (const { message } of reports) assert.match(message, /known names: "a", "b"/);
  assert.equal(pair.held(), 0);
});

test("who sent the same to the same window is notified of its own messages only", async () => {
  const { pair, main, a, b } = twoPages();
  const c = pair.open("c");
  const all = [main, a, c].map((sender) => reportsOf(sender).reports);
  const counts = [1, 2, 3];
  [main, a, c].forEach((sender, i) => {
    for (let n = 0; n < counts[i]; n++) sender.send("b", n);
  });
  await pair.quiet();
  pair.close(b);
  await pair.quiet();
  assert.deepEqual(
    all.map((reports) => reports.map(({ count }) => count)),
    counts.map((count) => [count]),
  );
});

test("of two worlds of a page, the one that sent is notified", async () => {
  const { pair, a } = twoPages();
  const page = pair.load(a.contents, "a", a.link + 1);
  const [preloads, pages] = [a, page].map((world) => reportsOf(world).reports);
  a.send("x", 1);
  page.send("y", 2);
  await pair.quiet();
  assert.deepEqual(
    [preloads, pages].map((reports) => reports.map(({ windowName }) => windowName)),
    [["x"], ["y"]],
  );
});

test("a page that is gone is notified of nothing, nor the page after it", async (t) => {
  const warn = t.mock.method(console, "warn", () => undefined);
  const { pair, a, b } = twoPages();
  const old = reportsOf(a).reports;
  a.send("b", 1);
  await pair.quiet();
  const { reports } = reportsOf(pair.reload(a));
  pair.close(b);
  await pair.quiet();
  assert.deepEqual([old, reports], [[], []]);
  assert.equal(warn.mock.callCount(), 0);
});

test("a message of which another world took a copy is not reported", async () => {
  const { pair, main, a } = twoPages();
  const page = pair.load(a.contents, "a", a.link + 1);
  const { reports } = reportsOf(main);
  const got = page.inbox(Lane.FromMain);
  a.inbox(Lane.FromMain);
  await pair.quiet();
  main.send("a", 1);
  await pair.quiet();
  pair.close(a);
  await pair.quiet();
  assert.deepEqual(got, [1]);
  assert.deepEqual(reports, []);
});

test("a message that waits for two worlds of a window that is closed is reported once", async () => {
  const { pair, main, a } = twoPages();
  const page = pair.load(a.contents, "a", a.link + 1);
  const { reports } = reportsOf(main);
  for (const world of [a, page]) world.inbox(Lane.FromMain);
  await pair.quiet();
  pair.router.pauseWindow(a.contents, true);
  main.send("a", 1);
  await pair.quiet();
  pair.close(a);
  await pair.quiet();
  assert.deepEqual(
    reports.map(({ count }) => count),
    [1],
  );
});

test("windows whose names and reasons look alike when joined each have their warning", async (t) => {
  const warn = t.mock.method(console, "warn", () => undefined);
  const pair = new Pair({ limits: { maxQueueRecords: 1, overflow: "drop-newest" } });
  for (const name of ["x", "xERR_QUEUE_FULL", "__proto__"]) {
    pair.open(name);
    for (const i of [1, 2]) pair.main.send(name, i);
  }
  await pair.quiet();
  assert.equal(warn.mock.callCount(), 3);
});
