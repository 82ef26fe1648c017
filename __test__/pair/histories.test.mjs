import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { calmAmongForged, calmHistory, HOSTILE, wildAmongForged, wildHistory } from "./history.mjs";
import { Play } from "./play.mjs";

const RUNS = Number(process.env.RUNS ?? 300);
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

/** On failure fast-check's report repeats the seed: run again with SEED=... */
async function holds(t, { history, limits, isAmongForged }, law) {
  t.diagnostic(`seed ${seed}`);
  const play = async (steps) => {
    const played = new Play(limits, { isAmongForged });
    mixWays(played.pair);
    return law(await played.run(steps));
  };
  await fc.assert(fc.asyncProperty(history, play), {
    seed,
    numRuns: RUNS,
    includeErrorInReport: true,
  });
}

/** Every third record that could go by its head goes as text. */
function mixWays({ batches: { admission } }) {
  let count = 0;
  for (const admit of ["_admitRequest", "_admitAnswer", "_admitMessage"]) {
    const original = admission[admit];
    admission[admit] = (...args) => ++count % 3 > 0 && original(...args);
  }
}

const ascending = (numbers) => [...numbers].sort((x, y) => x - y);
/** Of what is sent to the hostile page, nobody but that page knows whether it came. */
const isMessage = (play, n) => play.sent[n].includes(">") && !play.sent[n].endsWith(HOSTILE);

function assertOrderAndOnce(play) {
  const { arrived } = play;
  for (const [stream, numbers] of Object.entries(play.streams(arrived))) {
    assert.deepEqual(numbers, ascending(numbers), `${stream} out of order`);
  }
  assert.equal(new Set(arrived).size, arrived.length, "arrived twice");
}

/** `forged`: what the router says of a page that posts what it likes. */
function assertBooks({ pair }, forged = {}) {
  const { total, windows, unnamed, closed, mainProcess, ...rest } = pair.stats();
  const all = [...Object.values(windows), unnamed, closed, mainProcess];
  for (const counts of [total, ...all]) {
    assert.equal(counts.accepted, counts.delivered + counts.queued + counts.dropped);
    assert.deepEqual([counts.queued, counts.queuedBytes], [0, 0]);
  }
  const sum = (key) => all.reduce((count, counts) => count + counts[key], 0);
  for (const key of Object.keys(total)) assert.equal(total[key], sum(key), key);
  const { unknownWindow = 0, badPackets = 0, codes = [] } = forged;
  assert.deepEqual(rest, { unknownWindow, badPackets });
  const usual = ["ERR_TARGET_GONE", ...codes];
  assert.deepEqual(
    pair.refused.filter(({ code }) => !usual.includes(code)),
    [],
  );
  assert.equal(pair.held(), 0, "attachments are still held");
  assert.equal(pair.router.hasPendingRequests(), false, "requests still wait");
}

/** Every request of an asker that is there is settled, once, and by what is its own. */
function assertSettled(play, { full = false, gone = false } = {}) {
  for (const asked of play.asked) {
    if (play.isHere(asked.asker)) assert.ok(asked.outcome, `request ${asked.n} is open`);
    if (asked.outcome) assertOwn(asked, { full, gone });
  }
}

function assertOwn({ n, to, limited, reason, outcome: { value, error } }, { full, gone }) {
  // It answers what it likes.
  if (to === HOSTILE) return;
  if (error === undefined) return assert.equal(value.n, n, "another request's answer");
  if (error === reason) return;
  if (error.message === "refused") return assert.equal(error.n, n, "another request's error");
  const toMain = to === "main";
  const why = `${n}: ${error.stack}`;
  if (error.code === "ERR_TIMEOUT") assert.ok(limited, why);
  else if (error.code === "ERR_QUEUE_FULL") assert.ok(full, why);
  else if (error.code === "ERR_TARGET_GONE") {
    assert.ok(gone && !toMain, why);
    assert.ok(["reloaded", "crashed", "closed", "unregistered"].includes(error.reason), why);
  } else {
    // Removed as the call arrived; or, on a machine that is too busy, the wait for one ended.
    assert.equal(error.code, "ERR_NO_HANDLER", why);
  }
}

/** A handler's signal is aborted if, and only if, nobody waits for its answer any more. */
function assertSignals(play, { full = false } = {}) {
  for (const { asked, page, isOver, aborted, reason } of play.unanswered) {
    if (!play.isHere(page)) continue;
    if (aborted) assert.ok(isOver, `${asked.n} was aborted while somebody waits`);
    // The word is not let in where main's queue is full.
    if (full && page === undefined) continue;
    if (isOver) assert.ok(aborted, `${asked.n} is over, and its handler does not know`);
    const gaveUp = asked.reason && play.isHere(asked.asker);
    if (gaveUp && asked.outcome.error === asked.reason) assert.deepEqual(reason, asked.reason);
  }
}

/** What did not arrive was refused at once or reported, to whoever sent it. */
function assertLossesReported(play) {
  const lost = {};
  const missing = new Set(play.sent.keys());
  for (const n of [...play.arrived, ...play.refused]) missing.delete(n);
  for (const n of missing) {
    if (isMessage(play, n)) lost[play.sent[n]] = (lost[play.sent[n]] ?? 0) + 1;
  }
  assert.deepEqual(play.reported, lost);
}

/** What was reported did not arrive. */
function assertReportsTrue(play) {
  const sent = play.streams(play.sent.keys());
  const arrived = play.streams(play.arrived);
  for (const [stream, count] of Object.entries(play.reported)) {
    const others = arrived[stream]?.length ?? 0;
    assert.ok(
      others + count <= sent[stream].length,
      `${stream}: ${count} reported, ${others} came`,
    );
  }
}

/** Requests that did not arrive were settled without an answer. */
function assertNoRequestLost(play) {
  const arrived = new Set(play.arrived);
  for (const { n, to, outcome } of play.asked) {
    if (to !== HOSTILE && !arrived.has(n))
      assert.ok(outcome.error?.code ?? outcome.error?.gaveUp !== undefined);
  }
}

test("while pages stay: each message arrives, once, in order, and each request is settled", async (t) => {
  await holds(t, { history: calmHistory }, (play) => {
    assertOrderAndOnce(play);
    assertSettled(play);
    assertSignals(play);
    assertNoRequestLost(play);
    assertBooks(play);
    assert.deepEqual(play.reported, {});
    assertLossesReported(play);
    const { dropped, refused } = play.pair.stats().total;
    assert.equal(refused, 0);
    const givenUp = play.asked.filter(
      ({ outcome: { error } }) => error && error.message !== "refused",
    );
    assert.ok(dropped <= givenUp.length, "only calls that are given up are dropped");
  });
});

test("across reloads, crashes and closings: at most once, in order, each request settled, and nothing leaks", async (t) => {
  await holds(t, { history: wildHistory }, (play) => {
    assertOrderAndOnce(play);
    assertSettled(play, { gone: true });
    assertSignals(play);
    assertReportsTrue(play);
    assertBooks(play);
  });
});

for (const overflow of ["reject", "drop-oldest", "drop-newest"]) {
  const limits = { maxQueueRecords: 2, overflow };

  test(`at full queues under ${overflow}: at most once, in order, and the sender of each loss is notified`, async (t) => {
    await holds(t, { history: calmHistory, limits }, (play) => {
      assertOrderAndOnce(play);
      assertSettled(play, { full: true });
      assertSignals(play, { full: true });
      assertNoRequestLost(play);
      assertLossesReported(play);
      assertBooks(play);
      // A message gives way, and never a request, for which nothing can make room.
      if (overflow === "drop-newest") assert.deepEqual(play.refused, []);
    });
  });

  test(`at full queues under ${overflow}, across reloads and closings: the same, but for what is gone`, async (t) => {
    await holds(t, { history: wildHistory, limits }, (play) => {
      assertOrderAndOnce(play);
      assertSettled(play, { full: true, gone: true });
      assertSignals(play, { full: true });
      assertReportsTrue(play);
      assertBooks(play);
    });
  });
}

/** Whatever a hostile page says to main and to the others, and answers them. */
function forgedOf({ pair }) {
  const { unknownWindow } = pair.stats();
  const badPackets = pair.refused.filter(({ code }) => code === "ERR_BAD_PACKET").length;
  return { unknownWindow, badPackets, codes: ["ERR_BAD_PACKET"] };
}

test("among a hostile page's messages: each other message arrives, once, in order, and each request is settled", async (t) => {
  await holds(t, { history: calmAmongForged, isAmongForged: true }, (play) => {
    assertOrderAndOnce(play);
    assertSettled(play);
    assertSignals(play);
    assertNoRequestLost(play);
    assert.deepEqual(play.reported, {});
    assertLossesReported(play);
    assertBooks(play, forgedOf(play));
  });
});

for (const limits of [undefined, { maxQueueRecords: 2, overflow: "drop-oldest" }]) {
  const where = limits ? " at full queues" : "";

  test(`among a hostile page's messages${where}, across reloads, crashes and closings: at most once, in order, each request settled, and nothing leaks`, async (t) => {
    const history = wildAmongForged;
    await holds(t, { history, limits, isAmongForged: true }, (play) => {
      assertOrderAndOnce(play);
      assertSettled(play, { full: limits !== undefined, gone: true });
      assertSignals(play, { full: limits !== undefined });
      assertReportsTrue(play);
      assertBooks(play, forgedOf(play));
    });
  });
}
