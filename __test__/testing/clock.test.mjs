// testApp under faked timers: it delivers without a timer, and its time limits keep to the faked clock.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testApp } from "../../dist/node-testing.mjs";

/** All timers that node:test can fake, without the names that only later versions know. */
function start(t, options = { windows: ["main", "work"] }) {
  t.mock.timers.enable();
  const app = testApp(options);
  t.after(() => app.dispose());
  return app;
}

const never = () => new Promise(() => undefined);

test("messages, requests and settle need no timer", async (t) => {
  const app = start(t);
  app.main.onMsgFromRender((_event, msg) => msg);
  assert.equal(await app.window("work").sendMsgToMain(1), 1);
  const got = [];
  app.window("work").onMsgFromMain((_event, msg) => got.push(msg));
  // More than main does in one turn of the event loop.
  for (let n = 0; n < 300; n++) app.main.sendMsgToRender("work", "x".repeat(10_000));
  await app.settle();
  assert.equal(got.length, 300);
});

const ASKS = {
  sendMsgToMain: (app, options) => app.window("work").sendMsgToMain(1, options),
  callOtherRender: (app, options) => app.window("work").callOtherRender("main", 1, options),
  callRender: (app, options) => app.main.callRender("main", 1, options),
  connect: (app, options) => app.window("work").connect("files", options).read(),
};

for (const [call, ask] of Object.entries(ASKS)) {
  test(`${call}: timeoutMs is by the faked clock, and aborts the handler's signal`, async (t) => {
    const app = start(t);
    const signals = [];
    const slow = (event) => {
      signals.push(event.signal);
      return never();
    };
    app.main.onMsgFromRender(slow);
    app.window("main").onCall(slow);
    app.main.serve("files", (event) => ({ read: () => slow(event) }));
    let code;
    ask(app, { timeoutMs: 60_000 }).catch((error) => {
      code = error.code;
    });
    await app.settle();
    t.mock.timers.tick(59_999);
    await app.settle();
    assert.deepEqual([code, signals[0].aborted], [undefined, false]);
    t.mock.timers.tick(1);
    await app.settle();
    assert.deepEqual([code, signals[0].aborted], ["ERR_TIMEOUT", true]);
  });

  test(`${call}: a request waits for its handler by the faked clock`, async (t) => {
    const app = start(t);
    let code;
    ask(app).catch((error) => {
      code = error.code;
    });
    await app.settle();
    t.mock.timers.tick(4_999);
    await app.settle();
    assert.equal(code, undefined);
    t.mock.timers.tick(1);
    await app.settle();
    assert.equal(code, "ERR_NO_HANDLER");
  });
}

test("no real time counts: a limit that is over by the clock of the machine alone is not over", async (t) => {
  const app = start(t);
  app.main.onMsgFromRender(never);
  let code;
  app
    .window("work")
    .sendMsgToMain(1, { timeoutMs: 1 })
    .catch((error) => {
      code = error.code;
    });
  const end = process.uptime() + 0.02;
  while (process.uptime() < end) await app.settle();
  assert.equal(code, undefined);
});

test("all timers can be run out: none starts itself again", async (t) => {
  const app = start(t);
  app.main.onMsgFromRender(never);
  const codes = [];
  for (const name of ["main", "work"]) {
    app
      .window(name)
      .sendMsgToMain(1, { timeoutMs: 5 })
      .catch(({ code }) => codes.push(code));
  }
  app.main.callRender("work", 1).catch(({ code }) => codes.push(code));
  await app.settle();
  t.mock.timers.runAll();
  await app.settle();
  t.mock.timers.runAll();
  assert.deepEqual(codes.sort(), ["ERR_NO_HANDLER", "ERR_TIMEOUT", "ERR_TIMEOUT"]);
});
