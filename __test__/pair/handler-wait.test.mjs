import assert from "node:assert/strict";
import { test } from "node:test";
import { twoPages } from "./pair.mjs";
import { heldTimers } from "./signals.mjs";
import { slowHandler } from "./ways.mjs";

const WAIT = 40;

/** A pair whose requests wait that long for a handler. */
const impatient = () => twoPages({ handlerWaitMs: WAIT });

test("a request that finds no handler rejects with ERR_NO_HANDLER, and says how long it waited", async () => {
  const { a } = impatient();
  await assert.rejects(a.request("anyone?"), {
    code: "ERR_NO_HANDLER",
    message: `electron-switchyard: sendMsgToMain: no onMsgFromRender handler was registered in main within ${WAIT} ms (handlerWaitMs)`,
  });
});

test("a handler that comes in time answers what waited, and nothing is given up later", async (t) => {
  const timers = heldTimers(t, WAIT);
  const { pair, main, a } = impatient();
  const asked = [a.request(1), a.request(2)];
  await pair.quiet();
  const { calls, handler } = slowHandler();
  main.handle(handler);
  await pair.quiet();
  assert.notEqual(timers.count(), 0);
  while (timers.count() > 0) timers.runOut();
  await pair.quiet();
  for (const { msg, resolve } of calls) resolve(msg * 10);
  assert.deepEqual(await Promise.all(asked), [10, 20]);
});

test("each request waits its own time: a later one is not given up with an earlier one", async (t) => {
  const timers = heldTimers(t, WAIT);
  const { pair, main, a } = impatient();
  const early = a.request("early").catch((error) => error.code);
  await pair.quiet();
  const late = a.request("late");
  await pair.quiet();
  assert.equal(timers.count(), 2);
  timers.runOut();
  assert.equal(await early, "ERR_NO_HANDLER");
  main.handle((_, msg) => msg);
  assert.equal(await late, "late");
});

test("what strands when the last handler leaves is given up too", async () => {
  const { main, a } = impatient();
  const undo = main.handle((_, msg) => {
    undo();
    return msg;
  });
  const asked = await Promise.allSettled([a.request(1), a.request(2)]);
  assert.deepEqual(
    asked.map(({ value, reason }) => value ?? reason.code),
    [1, "ERR_NO_HANDLER"],
  );
});

test("bytes of a request that is given up are free, and the counters add up", async () => {
  const { pair, a } = impatient();
  await assert.rejects(a.request(new Uint8Array(1000)), { code: "ERR_NO_HANDLER" });
  await pair.quiet();
  const { mainProcess } = pair.stats();
  assert.equal(pair.held(), 0);
  assert.deepEqual([mainProcess.accepted, mainProcess.delivered], [1, 1]);
});
