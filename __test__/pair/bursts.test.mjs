// Crossings and packets are counts: no load of a machine changes them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Lane } from "./bundle.mjs";
import { Pair } from "./pair.mjs";

const BURST = 1_000;
/** Requests that main handles before the answers leave (js/core/inbox.ts). */
const MAX_TOGETHER = 128;

/** Counts the crossings of a pair into the router, and the packets that come back to its page. */
function countsOf({ batches }, page) {
  const counts = { crossings: 0, alone: 0, packets: 0 };
  const count = (of, method, as) => {
    const original = of[method];
    of[method] = (...args) => {
      counts[as] += 1;
      return original.apply(of, args);
    };
  };
  count(batches, "_exchange", "crossings");
  for (const method of ["_admitRequest", "_admitAnswer", "_admitMessage"]) {
    count(batches.admission, method, "alone");
  }
  count(page, "deliver", "packets");
  return counts;
}

/** Whether a burst crosses as one: nothing of it by its head, and no more often than its packets. */
function assertTogether({ alone, crossings, packets }, most) {
  assert.equal(alone, 0, "records of a burst were admitted one by one");
  assert.ok(crossings <= most.crossings, `${crossings} crossings`);
  assert.ok(packets <= most.packets, `${packets} packets`);
}

/** The packets that went up, the groups that are handled together, and one group less whole for each. */
const MOST_OF_REQUESTS = { crossings: 12, packets: Math.ceil(BURST / MAX_TOGETHER) + 3 };

for (const [what, handler] of [
  ["at once", (_event, msg) => msg],
  ["later", async (_event, msg) => msg],
]) {
  test(`answers of a burst leave together where handlers answer ${what}`, async () => {
    const pair = new Pair();
    pair.main.handle(handler);
    const page = pair.open("a");
    await page.request("first");
    const counts = countsOf(pair, page);
    const asked = Array.from({ length: BURST }, (_, id) => page.request({ id }));
    assert.equal((await Promise.all(asked)).length, BURST);
    assertTogether(counts, MOST_OF_REQUESTS);
  });
}

test("messages of main to a window leave together", async () => {
  const pair = new Pair();
  const page = pair.open("a");
  const got = page.inbox(Lane.FromMain);
  await pair.quiet();
  const counts = countsOf(pair, page);
  for (let id = 0; id < BURST; id++) pair.main.send("a", { id });
  await pair.quiet();
  assert.equal(got.length, BURST);
  assertTogether(counts, { crossings: 1, packets: 1 });
});

test("messages of a window to another leave as in the packets that they came in", async () => {
  const pair = new Pair();
  const [page, other] = [pair.open("a"), pair.open("b")];
  const got = other.inbox(Lane.FromOther);
  await pair.quiet();
  const counts = countsOf(pair, other);
  for (let id = 0; id < BURST; id++) page.send("b", { id });
  await pair.quiet();
  assert.equal(got.length, BURST);
  assertTogether(counts, { crossings: 2, packets: 2 });
});
