// electron-switchyard/testing: what a test of user code can do to an app.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testApp } from "../../dist/node-testing.mjs";

/** An app that goes with its test. */
function start(t, options = { windows: ["main", "work"] }) {
  const app = testApp(options);
  t.after(() => app.dispose());
  return app;
}

/** What the listener of a window gets. */
function inboxOf(app, name, call = "onMsgFromMain") {
  const got = [];
  app.window(name)[call]((_event, msg) => got.push(msg));
  return got;
}

const never = () => new Promise(() => undefined);

test("the calls of main and of each page reach each other", async (t) => {
  const app = start(t);
  const [main, work] = [app.window("main"), app.window("work")];
  app.main.onMsgFromRender((event, msg) => [msg, event.windowName, event.origin]);
  assert.deepEqual(await work.sendMsgToMain("a"), ["a", "work", "file://"]);
  work.onCall((event, msg) => [msg, event.fromMain, event.windowName]);
  assert.deepEqual(await app.main.callRender("work", "b"), ["b", true, undefined]);
  assert.deepEqual(await main.callOtherRender("work", "c"), ["c", false, "main"]);
  const [fromMain, fromOther] = [
    inboxOf(app, "work"),
    inboxOf(app, "work", "onMsgFromOtherRender"),
  ];
  app.main.sendMsgToRender("work", new Map([[1, new Uint8Array([2])]]));
  main.sendMsgToOtherRender("work", "e");
  await app.settle();
  assert.deepEqual(fromMain, [new Map([[1, new Uint8Array([2])]])]);
  assert.deepEqual(fromOther, ["e"]);
});

test("services and topics of each place", async (t) => {
  const app = start(t);
  app.main.serve("files", { read: (path) => `text of ${path}` });
  assert.equal(await app.window("work").connect("files").read("a"), "text of a");
  app.window("work").serve("view", { zoom: (by) => by * 2 });
  assert.equal(await app.main.connect("view", { in: "work" }).zoom(2), 4);
  app.main.publish("theme", "dark", { retain: true });
  const got = [];
  for (const place of [app.main, app.window("main"), app.window("work")]) {
    place.subscribe("theme", (event, value) => got.push([event.windowName, value]));
  }
  await app.settle();
  app.window("work").publish("theme", "light");
  await app.settle();
  const all = [
    [undefined, "dark"],
    ["work", "light"],
  ].flatMap((each) => [each, each, each]);
  assert.deepEqual(got, all);
});

test("what crosses is a copy: neither side sees later changes of the other", async (t) => {
  const app = start(t);
  const bytes = new Uint8Array(100_000);
  const got = [inboxOf(app, "work"), inboxOf(app, "main", "onMsgFromOtherRender")];
  app.main.sendMsgToRender("work", bytes);
  app.window("work").sendMsgToOtherRender("main", bytes);
  bytes.fill(7);
  await app.settle();
  for (const [copy] of got) assert.equal(copy[0], 0);
  const values = [];
  for (const name of ["main", "work"]) {
    app.window(name).subscribe("bytes", (_event, value) => values.push(value));
  }
  await app.settle();
  app.main.publish("bytes", new Uint8Array([1]));
  await app.settle();
  values[0][0] = 9;
  assert.equal(values[1][0], 1);
});

test("a value that no message can carry is rejected as in Electron", async (t) => {
  const app = start(t);
  const wrong = { code: "ERR_NOT_CLONEABLE" };
  assert.throws(() => app.main.sendMsgToRender("work", { f() {} }), wrong);
  assert.throws(() => app.window("work").sendMsgToMain({ f() {} }), wrong);
});

test("messages wait for a page that does not listen yet, and over a reload", async (t) => {
  const app = start(t);
  app.main.sendMsgToRender("work", 1);
  await app.settle();
  app.reload("work");
  app.main.sendMsgToRender("work", 2);
  const got = inboxOf(app, "work");
  await app.settle();
  assert.deepEqual(got, [1, 2]);
  app.reload("work");
  app.main.sendMsgToRender("work", 3);
  await app.settle();
  assert.deepEqual(got, [1, 2], "the listeners of the page before are gone");
});

test("what a page sent before its end arrives; what it sends after that is rejected", async (t) => {
  const app = start(t);
  const got = inboxOf(app, "main", "onMsgFromOtherRender");
  app.main.serve("files", { read: () => "text" });
  const files = app.window("work").connect("files");
  app.window("work").sendMsgToOtherRender("main", 1);
  app.reload("work");
  await app.settle();
  assert.deepEqual(got, [1]);
  await assert.rejects(files.read(), {
    code: "ERR_TARGET_GONE",
    message: /page that sends has ended \(reloaded\)/,
  });
  assert.equal(await app.window("work").connect("files").read(), "text");
});

for (const [call, reason] of Object.entries({
  reload: "reloaded",
  crash: "crashed",
  close: "closed",
})) {
  test(`${call}: a call at work rejects with ERR_TARGET_GONE, and the signal of its own is aborted`, async (t) => {
    const app = start(t);
    const signals = [];
    app.window("work").onCall(never);
    app.main.onMsgFromRender((event) => {
      signals.push(event.signal);
      return never();
    });
    app.window("work").sendMsgToMain("asks");
    const asked = [app.main.callRender("work", 1), app.window("main").callOtherRender("work", 2)];
    const rejected = asked.map((each) => assert.rejects(each, { code: "ERR_TARGET_GONE", reason }));
    await app.settle();
    app[call]("work");
    await Promise.all(rejected);
    await app.settle();
    assert.equal(signals[0].aborted, true);
    assert.equal(signals[0].reason.reason, reason);
  });
}

test("a page that crashed makes no calls until its window is reloaded", async (t) => {
  const app = start(t);
  const { sendMsgToMain } = app.window("work");
  app.main.onMsgFromRender((_event, msg) => msg);
  app.crash("work");
  assert.throws(() => sendMsgToMain(1), {
    code: "ERR_TARGET_GONE",
    message: /"work" crashed; reload\("work"\)/,
  });
  app.main.sendMsgToRender("work", "waits");
  app.reload("work");
  assert.equal(await sendMsgToMain(1), 1);
  const got = inboxOf(app, "work");
  await app.settle();
  assert.deepEqual(got, ["waits"]);
});

test("a window that was closed is no window; its name is free", async (t) => {
  const app = start(t);
  const closed = app.window("work");
  app.close("work");
  assert.throws(() => closed.sendMsgToMain(1), {
    code: "ERR_TARGET_GONE",
    message: /"work" was closed; open\("work"\)/,
  });
  for (const call of ["window", "reload", "crash", "close", "fill"]) {
    assert.throws(() => app[call]("work"), {
      code: "ERR_UNKNOWN_WINDOW",
      message: /named "work"; its windows: "main"/,
    });
  }
  assert.deepEqual(app.main.windowNames(), ["main"]);
  app.open("work");
  assert.equal(app.main.hasWindow("work"), true);
  assert.throws(() => app.open("work"), { code: "ERR_NAME_TAKEN" });
  const got = inboxOf(app, "work");
  app.main.sendMsgToRender("work", 1);
  await app.settle();
  assert.deepEqual(got, [1]);
});

test("handlers see the origin that a window was opened with", async (t) => {
  const app = start(t);
  app.open("remote", { origin: "https://example.com" });
  app.main.onMsgFromRender((event) => event.origin);
  assert.equal(await app.window("remote").sendMsgToMain(1), "https://example.com");
  const origins = [];
  app.window("work").onMsgFromOtherRender(({ origin }) => origins.push(origin));
  for (const name of ["remote", "main"]) app.window(name).sendMsgToOtherRender("work", 1);
  await app.settle();
  assert.deepEqual(origins, ["https://example.com", "file://"]);
});

for (const member of ["sender", "senderFrame", "frameId", "processId"]) {
  test(`event.${member} says that there is no Electron`, async (t) => {
    const app = start(t);
    app.main.onMsgFromRender((event) => event[member]);
    const said = {
      code: "ERR_WRONG_PROCESS",
      message: new RegExp(`event\\.${member} .*testApp has no Electron`),
    };
    await assert.rejects(app.window("work").sendMsgToMain(1), said);
  });
}

const LIMITS = { windows: ["main", "work"], maxQueueRecords: 8 };

test("fill: there is no room until the window takes again, and no listener gets the filling", async (t) => {
  const app = start(t, LIMITS);
  const got = [inboxOf(app, "work"), inboxOf(app, "work", "onMsgFromOtherRender")];
  await app.settle();
  const drain = app.fill("work");
  const full = { code: "ERR_QUEUE_FULL" };
  assert.throws(() => app.main.sendMsgToRender("work", 1), full);
  await assert.rejects(app.main.callRender("work", 1), full);
  await assert.rejects(app.window("main").callOtherRender("work", 1), full);
  app.window("main").sendMsgToOtherRender("work", 1);
  await app.settle();
  assert.deepEqual(
    app
      .undelivered()
      .map(({ sender, windowName, code, count }) => [sender, windowName, code, count]),
    [["main", "work", "ERR_QUEUE_FULL", 1]],
  );
  drain();
  await app.settle();
  app.main.sendMsgToRender("work", 2);
  app.window("main").sendMsgToOtherRender("work", 3);
  await app.settle();
  assert.deepEqual(got, [[2], [3]]);
});

for (const overflow of ["drop-oldest", "drop-newest"]) {
  test(`fill with ${overflow}: one message is dropped and reported`, async (t) => {
    const app = start(t, { ...LIMITS, overflow });
    const drain = app.fill("work");
    const reports = [];
    app.main.onUndeliverable(({ code, count }) => reports.push([code, count]));
    app.main.sendMsgToRender("work", "new");
    await app.settle();
    assert.deepEqual(reports, [["ERR_QUEUE_FULL", 1]]);
    const got = inboxOf(app, "work");
    drain();
    await app.settle();
    assert.deepEqual(got, overflow === "drop-oldest" ? ["new"] : []);
  });
}

test("fill: the default limits, by records and by bytes, and a reload, which takes again", async (t) => {
  for (const options of [{}, { maxQueueBytes: 65_536 }]) {
    const app = start(t, { windows: ["work"], ...options });
    app.fill("work");
    assert.throws(() => app.main.sendMsgToRender("work", 1), { code: "ERR_QUEUE_FULL" });
    app.reload("work");
    const got = inboxOf(app, "work");
    await app.settle();
    app.main.sendMsgToRender("work", 1);
    await app.settle();
    assert.deepEqual(got, [1]);
  }
});

test("fill: the room is there again also if the page listens to nothing", async (t) => {
  const app = start(t, LIMITS);
  app.main.sendMsgToRender("work", 1);
  for (const _ of [1, 2]) {
    app.fill("work");
    const drain = app.fill("work");
    assert.throws(() => app.main.sendMsgToRender("work", 0), { code: "ERR_QUEUE_FULL" });
    drain();
  }
  app.main.sendMsgToRender("work", 2);
  const got = inboxOf(app, "work");
  await app.settle();
  assert.deepEqual(got, [1, 2]);
  assert.deepEqual(app.undelivered(), []);
});

test("undelivered: who sent what to whom, and why it was not delivered; the console is quiet", async (t) => {
  const warned = t.mock.method(console, "warn", () => undefined);
  const app = start(t);
  app.main.sendMsgToRender("work", "waits");
  app.window("main").sendMsgToOtherRender("nobody", 1);
  await app.settle();
  app.close("work");
  await app.settle();
  const seen = app
    .undelivered()
    .map(({ sender, windowName, code, reason }) => [sender, windowName, code, reason]);
  assert.deepEqual(seen, [
    ["main", "nobody", "ERR_UNKNOWN_WINDOW", undefined],
    [undefined, "work", "ERR_TARGET_GONE", "closed"],
  ]);
  assert.equal(warned.mock.callCount(), 0);
});

test("stub: as much of a service as a test needs, in main or in a window", async (t) => {
  const app = start(t);
  app.main.serve("files", { read: () => "from disk", write: () => "written" });
  app.stub("files", { read: async () => "x" });
  const files = app.window("work").connect("files");
  assert.equal(await files.read("a"), "x");
  await assert.rejects(files.write("a"), { code: "ERR_NO_METHOD" });
  const undo = app.stub("view", { zoom: (by) => by }, { in: "work" });
  assert.equal(await app.main.connect("view", { in: "work" }).zoom(3), 3);
  undo();
  assert.throws(() => app.stub("view", {}, { in: "other" }), { code: "ERR_UNKNOWN_WINDOW" });
});

test("settle: a chain of messages over several places is over when it resolves", async (t) => {
  const app = start(t);
  const [main, work] = [app.window("main"), app.window("work")];
  const seen = [];
  main.onMsgFromOtherRender(async (_event, n) => {
    seen.push(n);
    if (n < 50) work.sendMsgToOtherRender("main", await main.sendMsgToMain(n));
  });
  app.main.onMsgFromRender(async (_event, n) => app.main.callRender("work", n));
  work.onCall(async (_event, n) => n + 1);
  work.sendMsgToOtherRender("main", 0);
  await app.settle();
  assert.equal(seen.length, 51);
});

test("settle: more than main does in a turn of the event loop is over as well", async (t) => {
  const app = start(t);
  const got = inboxOf(app, "work");
  const text = "x".repeat(10_000);
  for (let n = 0; n < 500; n++) app.main.sendMsgToRender("work", text + n);
  for (let n = 0; n < 500; n++) app.window("main").sendMsgToOtherRender("work", text);
  await app.settle();
  assert.equal(got.length, 500);
});

test("apps are independent of each other", async (t) => {
  const [one, two] = [start(t), start(t)];
  one.main.onMsgFromRender(() => "one");
  two.main.onMsgFromRender(() => "two");
  assert.equal(await one.window("work").sendMsgToMain(1), "one");
  assert.equal(await two.window("work").sendMsgToMain(1), "two");
});

for (const [wrong, said] of [
  [{ processes: [] }, /^.*testApp: an option must be windows or .*"processes"$/],
  [{ registerPreload: true }, /"registerPreload"$/],
  [
    { handlerWaitMs: -1 },
    /testApp: handlerWaitMs must be an integer from 0 to 2147483647, and is -1/,
  ],
  [{ overflow: "grow" }, /overflow must be one of .* and is "grow"/],
  [{ maxQueueRecords: 0 }, /maxQueueRecords/],
]) {
  test(`an option that there is not, or that is wrong: ${JSON.stringify(wrong)}`, () => {
    assert.throws(() => testApp(wrong), { code: "ERR_INVALID_OPTION", message: said });
  });
}
