import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { calmHistory, Play, wildHistory } from "./history.mjs";

const RUNS = Number(process.env.RUNS ?? 400);
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

/** On failure fast-check's report repeats the seed: run again with SEED=... */
async function holds(t, { history, limits }, law) {
  t.diagnostic(`seed ${seed}`);
  const play = async (steps) => law(await new Play(limits).run(steps));
  await fc.assert(fc.asyncProperty(history, play), { seed, numRuns: RUNS });
}

const ascending = (numbers) => [...numbers].sort((x, y) => x - y);

function assertOrderAndOnce(play) {
  const { arrived } = play;
  for (const [stream, numbers] of Object.entries(play.streams(arrived))) {
    assert.deepEqual(numbers, ascending(numbers), `${stream} out of order`);
  }
  assert.equal(new Set(arrived).size, arrived.length, "arrived twice");
}

function assertBooks({ pair }) {
  const { total, windows, unnamed, closed, mainProcess, ...rest } = pair.stats();
  const all = [...Object.values(windows), unnamed, closed, mainProcess];
  for (const counts of [total, ...all]) {
    assert.equal(counts.accepted, counts.delivered + counts.queued + counts.dropped);
    assert.deepEqual([counts.queued, counts.queuedBytes], [0, 0]);
  }
  const sum = (key) => all.reduce((count, counts) => count + counts[key], 0);
  for (const key of Object.keys(total)) assert.equal(total[key], sum(key), key);
  assert.deepEqual(rest, { unknownWindow: 0, badFrames: 0 });
  assert.equal(pair.held(), 0, "attachments are still held");
}

function assertSettled({ asked, pair }) {
  for (const { page, n, answer } of asked) {
    if (pair.pages.has(page)) assert.notEqual(answer, undefined, `request ${n} is open`);
    if (answer === undefined || answer.code === "ERR_QUEUE_FULL") continue;
    assert.equal(answer.n, n, "another request's answer");
  }
}

test("while pages stay: each message arrives, once, in order, and each request is settled", async (t) => {
  await holds(t, { history: calmHistory }, (play) => {
    assertOrderAndOnce(play);
    assert.deepEqual(ascending(play.arrived), [...play.sent.keys()], "something is lost");
    assertSettled(play);
    assertBooks(play);
    const { dropped, refused } = play.pair.stats().total;
    assert.deepEqual([dropped, refused], [0, 0]);
  });
});

test("across reloads and closings: at most once, in order, and nothing leaks", async (t) => {
  await holds(t, { history: wildHistory }, (play) => {
    assertOrderAndOnce(play);
    assertSettled(play);
    assertBooks(play);
  });
});

for (const overflow of ["reject", "drop-oldest", "drop-newest"]) {
  test(`at full queues under ${overflow}: at most once, in order, each loss is in the books`, async (t) => {
    t.mock.method(console, "error", () => undefined);
    const limits = { maxQueueRecords: 2, overflow };
    await holds(t, { history: calmHistory, limits }, (play) => {
      assertOrderAndOnce(play);
      assertSettled(play);
      assertBooks(play);
      const { dropped, refused } = play.pair.stats().total;
      assert.equal(play.arrived.length + dropped + refused, play.sent.length);
      // Only requests are refused where messages are dropped.
      if (overflow !== "reject") assert.ok(refused <= play.asked.length);
    });
  });
}
