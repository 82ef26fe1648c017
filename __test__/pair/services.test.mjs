// Services of main: who serves, who calls, and what a call gets.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { Pair, twoPages } from "./pair.mjs";
import { connectFrom, post, serveIn } from "./service-page.mjs";

const code = (expected) => (error) => error.code === expected;

/** An implementation of main's whose calls are noted. */
function counting(pair, service = "files") {
  const calls = [];
  const undo = pair.main.services.serve(service, {
    read: (path) => {
      calls.push(path);
      return `text of ${path}`;
    },
    fail: () => {
      throw Object.assign(new RangeError("no such file"), { code: "ENOENT", path: "/x" });
    },
  });
  return { calls, undo };
}

test("a service is main's by default, and a page calls its methods with arguments", async () => {
  const { pair, a } = twoPages();
  pair.main.services.serve("files", {
    read: (path, options, bytes) => ({ path, options, bytes, at: new Date(5) }),
  });
  const files = connectFrom(a, "files");
  const answer = await files.read("/etc", { deep: new Map([[1, 2]]) }, new Uint8Array([1, 2]));
  assert.deepEqual(answer, {
    path: "/etc",
    options: { deep: new Map([[1, 2]]) },
    bytes: new Uint8Array([1, 2]),
    at: new Date(5),
  });
});

test("no page can put itself in the place of a service of main's", async () => {
  const { pair, a, b } = twoPages({ handlerWaitMs: 30 });
  const seen = [];
  serveIn(b, "files", { read: (...args) => seen.push(args) });
  const early = connectFrom(a, "files").read("/early");
  await assert.rejects(early, code("ERR_NO_HANDLER"));
  const { calls } = counting(pair);
  assert.equal(await connectFrom(a, "files").read("/etc"), "text of /etc");
  assert.deepEqual([seen, calls], [[], ["/etc"]]);
});

test("`in` names the window whose service is called, from main and from another window", async () => {
  const { pair, a, b } = twoPages();
  serveIn(b, "view", {
    show: (...args) => ["show", ...args],
    hide: () => ["hide"],
  });
  const view = pair.main.services.connect("view", { in: "b" });
  assert.deepEqual(await view.show(1, "x"), ["show", 1, "x"]);
  assert.deepEqual(await connectFrom(a, "view", { in: "b" }).hide(), ["hide"]);
});

test("main calls its own services, and the event is of no window", async () => {
  const pair = new Pair();
  const events = [];
  pair.main.services.serve("files", (event) => ({
    read: (path) => {
      events.push(event);
      return path;
    },
  }));
  const files = pair.main.services.connect("files");
  assert.equal(await files.read("/own"), "/own");
  const [{ windowName, origin, signal }] = events;
  assert.deepEqual([windowName, origin, signal.aborted], [undefined, undefined, false]);
  await assert.rejects(files.write("/own"), code("ERR_NO_METHOD"));
});

test("an implementation that is a function gets the event of each call", async () => {
  const { pair, a, b } = twoPages();
  pair.main.services.serve("who", (event) => ({ am: () => event.windowName }));
  assert.equal(await connectFrom(a, "who").am(), "a");
  assert.equal(await connectFrom(b, "who").am(), "b");
});

test("a call waits for a service that is not there yet, as any request waits", async () => {
  const { pair, a } = twoPages();
  const files = connectFrom(a, "files");
  const answers = [files.read("1"), files.read("2")];
  await pair.quiet();
  const { calls } = counting(pair);
  assert.deepEqual(await Promise.all(answers), ["text of 1", "text of 2"]);
  assert.deepEqual(calls, ["1", "2"]);
});

test("a call that nobody serves in time is rejected, and the error names the services there are", async () => {
  const { pair, a, b } = twoPages({ handlerWaitMs: 30 });
  counting(pair, "view");
  counting(pair, "map");
  const main =
    'electron-switchyard: files.read: no one serves "files" in the main process within 30 ms (handlerWaitMs); it serves "map", "view"';
  await assert.rejects(connectFrom(a, "files").read("/"), {
    code: "ERR_NO_HANDLER",
    message: main,
  });
  await assert.rejects(pair.main.services.connect("files").read("/"), { message: main });
  serveIn(b, "board", { show: () => 0 });
  await assert.rejects(connectFrom(a, "files", { in: "b" }).read("/"), {
    code: "ERR_NO_HANDLER",
    message:
      'electron-switchyard: files.read: no one serves "files" in window "b" within 30 ms (handlerWaitMs); it serves "board"',
  });
  await assert.rejects(pair.main.services.connect("files", { in: "a" }).read("/"), {
    message:
      'electron-switchyard: files.read: no one serves "files" in window "a" within 30 ms (handlerWaitMs); it serves nothing',
  });
});

test("an unknown method is rejected at once, and the error names the methods", async () => {
  const { pair, a } = twoPages();
  counting(pair);
  await assert.rejects(connectFrom(a, "files").toString(), {
    code: "ERR_NO_METHOD",
    message: 'electron-switchyard: service "files" has no method "toString": it has "read", "fail"',
  });
});

test("a name that is served again is replaced: calls at work go on, later ones get the new one", async () => {
  const { pair, a } = twoPages();
  const files = connectFrom(a, "files");
  let finish;
  const first = pair.main.services.serve("files", {
    read: () => new Promise((resolve) => (finish = resolve)),
  });
  const atWork = files.read();
  await pair.quiet();
  const second = pair.main.services.serve("files", { read: () => "new" });
  assert.equal(await files.read(), "new");
  first();
  assert.equal(await files.read(), "new", "the earlier Undo does nothing");
  finish("old");
  assert.equal(await atWork, "old");
  second();
  await pair.quiet();
  const waiting = files.read();
  await pair.quiet();
  pair.main.services.serve("files", { read: () => "third" });
  assert.equal(await waiting, "third");
});

test("errors come whole", async () => {
  const { pair, a } = twoPages();
  counting(pair);
  await assert.rejects(connectFrom(a, "files").fail(), (error) => {
    assert.ok(error instanceof RangeError);
    assert.deepEqual([error.message, error.code, error.path], ["no such file", "ENOENT", "/x"]);
    return true;
  });
});

test("a call of a service of an unknown window is rejected, and connect is not", async () => {
  const { pair, a } = twoPages();
  const unknown = code("ERR_UNKNOWN_WINDOW");
  await assert.rejects(connectFrom(a, "view", { in: "nobody" }).show(), unknown);
  await assert.rejects(pair.main.services.connect("view", { in: "nobody" }).show(), unknown);
});

test("a call ends with the document that serves it, with the reason", async () => {
  for (const [reason, end] of [
    ["reloaded", (pair, b) => pair.end(b)],
    ["crashed", (pair, b) => pair.end(b, true)],
    ["closed", (pair, b) => pair.close(b)],
  ]) {
    const { pair, a, b } = twoPages();
    serveIn(b, "view", { show: () => new Promise(() => undefined) });
    const calls = [
      connectFrom(a, "view", { in: "b" }).show(),
      pair.main.services.connect("view", { in: "b" }).show(),
    ];
    await pair.quiet();
    end(pair, b);
    const gone = { code: "ERR_TARGET_GONE", reason };
    await Promise.all(calls.map((call) => assert.rejects(call, gone)));
  }
});

test("a call that a document has not taken waits for the service of the next one", async () => {
  const { pair, a, b } = twoPages();
  const call = connectFrom(a, "view", { in: "b" }).show(7);
  await pair.quiet();
  const next = pair.reload(b);
  serveIn(next, "view", { show: (...args) => ["show", ...args] });
  assert.deepEqual(await call, ["show", 7]);
});

test("a call that is aborted ends on both sides with its reason", async () => {
  const { pair, a } = twoPages();
  let signal;
  pair.main.services.serve("files", (event) => ({
    read: () => {
      ({ signal } = event);
      return new Promise(() => undefined);
    },
  }));
  for (const connect of [
    (options) => connectFrom(a, "files", options),
    (options) => pair.main.services.connect("files", options),
  ]) {
    const aborter = new AbortController();
    const call = connect({ signal: aborter.signal }).read();
    await pair.quiet();
    aborter.abort(new Error("tired"));
    await assert.rejects(call, /tired/);
    await pair.quiet();
    assert.match(signal.reason.message, /tired/);
  }
});

test("a call that is aborted after its service ended is aborted at once", async () => {
  const { pair, a } = twoPages();
  let signal;
  const undo = pair.main.services.serve("files", (event) => ({
    read: () => {
      ({ signal } = event);
      return new Promise(() => undefined);
    },
  }));
  const aborter = new AbortController();
  const call = connectFrom(a, "files", { signal: aborter.signal }).read();
  await pair.quiet();
  undo();
  aborter.abort();
  await assert.rejects(call);
  await pair.quiet();
  assert.ok(signal.aborted);
});

test("a call that is aborted while it waits for its service is aborted when it is given to it", async () => {
  const { pair, a } = twoPages();
  const aborter = new AbortController();
  const call = connectFrom(a, "files", { signal: aborter.signal }).read("/never");
  await pair.quiet();
  aborter.abort();
  await assert.rejects(call);
  await pair.quiet();
  const signals = [];
  pair.main.services.serve("files", ({ signal }) => ({
    read: () => {
      signals.push(signal);
      return new Promise(() => undefined);
    },
  }));
  await pair.quiet();
  assert.ok(signals.every(({ aborted }) => aborted));
});

test("a call has its time limit", async () => {
  const { pair, a } = twoPages();
  pair.main.services.serve("files", { read: () => new Promise(() => undefined) });
  const timedOut = code("ERR_TIMEOUT");
  await assert.rejects(connectFrom(a, "files", { timeoutMs: 20 }).read(), timedOut);
  await assert.rejects(pair.main.services.connect("files", { timeoutMs: 20 }).read(), timedOut);
});

test("calls of one asker arrive in order, alone and together", async () => {
  const { pair, a } = twoPages();
  const { calls } = counting(pair);
  const files = connectFrom(a, "files");
  await files.read(0);
  const answers = [];
  for (let n = 1; n <= 500; n++) {
    answers.push(files.read(n));
    if (n % 7 === 0) await pair.quiet();
  }
  await Promise.all(answers);
  assert.deepEqual(calls, [...Array(501).keys()]);
});

test("a single call of main's service passes no record through the router", async () => {
  const { pair, a } = twoPages();
  counting(pair);
  const files = connectFrom(a, "files");
  await files.read("first");
  const { main } = pair;
  const received = [];
  const { receive } = main._batches;
  main._batches.receive = (...args) => {
    received.push(args);
    return receive.apply(main._batches, args);
  };
  assert.equal(await files.read("second"), "text of second");
  assert.deepEqual(received, []);
  assert.equal(pair.stats().mainProcess.delivered, 2);
});

test("the counters show services by window", async () => {
  const { pair, a, b } = twoPages();
  counting(pair);
  serveIn(b, "view", { show: () => 0 });
  const calls = [1, 2].map(() => connectFrom(a, "map", { in: "b" }).show());
  await pair.quiet();
  const { windows, mainProcess } = pair.stats();
  assert.deepEqual(mainProcess.services, ["files"]);
  assert.deepEqual(windows.b.services, ["view"]);
  assert.deepEqual(windows.b.awaitedServices, { map: 2 });
  assert.equal(windows.a.services, undefined);
  pair.close(b);
  await Promise.allSettled(calls);
});

test("hostile records of services are errors of their sender, and main goes on", async () => {
  const { pair, a, b } = twoPages();
  counting(pair);
  post(a, 16, '[1,0,"files",7]');
  await pair.quiet();
  assert.equal(pair.refused.pop()?.code, "ERR_BAD_PACKET");
  post(a, 16, '[900,0,"files","read"]');
  await pair.quiet();
  assert.equal(await connectFrom(b, "files").read("/etc"), "text of /etc");
});

test("wrong arguments of serve and connect are errors that say what is right", () => {
  const { services } = new Pair().main;
  for (const [wrong, error] of [
    [() => services.serve("", {}), "ERR_INVALID_ARG_TYPE"],
    [() => services.serve(7, { read() {} }), "ERR_INVALID_ARG_TYPE"],
    [() => services.serve("files", {}), "ERR_INVALID_ARG_TYPE"],
    [() => services.serve("x".repeat(1_025), { read() {} }), "ERR_INVALID_OPTION"],
    [() => services.connect(undefined), "ERR_INVALID_ARG_TYPE"],
    [() => services.connect("files", null), "ERR_INVALID_OPTION"],
    [() => services.connect("files", { in: 7 }), "ERR_INVALID_OPTION"],
    [() => services.connect("files", { timeoutMs: -1 }), "ERR_INVALID_OPTION"],
    [() => services.connect("files", { to: "b" }), "ERR_INVALID_OPTION"],
  ]) {
    assert.throws(wrong, { code: error });
  }
});

test("a call of main cannot be sent if an argument cannot, and the error has its place", async () => {
  const pair = new Pair();
  counting(pair);
  const files = pair.main.services.connect("files");
  await assert.rejects(files.read("/", { items: [1, () => 0] }), {
    code: "ERR_NOT_CLONEABLE",
    message: /^electron-switchyard: files\.read argument 2: \.items\[1\] is a function/,
  });
  await wait(0);
});
