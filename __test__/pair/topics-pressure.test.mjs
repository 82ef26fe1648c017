// Topics where windows are slow, full or gone, and where newcomers come in the middle of a flood.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { TopicPage, topicPages } from "./topic-page.mjs";

/** The page acknowledges nothing from now on, as one that is hidden or stopped. */
function stop(pair, { page }) {
  const { acknowledge } = pair.main;
  pair.main.acknowledge = (endpoint, packets) =>
    endpoint !== page.id && acknowledge.call(pair.main, endpoint, packets);
  return () => {
    pair.main.acknowledge = acknowledge;
    pair.main.acknowledge(page.id, 1_000_000);
  };
}

function reportsOf(pair) {
  const reports = [];
  pair.main.onUndeliverable((report) => reports.push(report));
  return reports;
}

const LONG = "x".repeat(10_000);
/** The limits of these tests: what is in flight to a page, and what waits for it. */
const SMALL = { maxInFlightBytes: 262_144, maxQueueBytes: 2_097_152, maxQueueRecords: 1_000 };

test("a stopped window delays nobody, and its own values wait for it", async () => {
  const { pair, topics, pages } = topicPages(["slow", "quick"], { limits: SMALL });
  const [slow, quick] = pages;
  for (const page of pages) page.subscribe("t");
  await pair.quiet();
  const go = stop(pair, slow);
  for (let i = 0; i < 100; i++) topics.publish("t", [i, LONG]);
  await pair.quiet();
  assert.equal(quick.records.length, 100);
  assert.ok(slow.records.length < 50, `${slow.records.length}`);
  go();
  await pair.quiet();
  assert.deepEqual(
    slow.values.map(([i]) => i),
    Array.from({ length: 100 }, (_, i) => i),
  );
});

test("copies that a full window drops are counted, and reported once for all, and publish does not throw", async () => {
  const { pair, topics, pages } = topicPages(["slow", "quick"], { limits: SMALL });
  const reports = reportsOf(pair);
  const [slow, quick] = pages;
  for (const page of pages) page.subscribe("t");
  await pair.quiet();
  stop(pair, slow);
  for (let i = 0; i < 400; i++) {
    topics.publish("t", [i, LONG]);
    if (i % 20 === 0) await pair.quiet();
  }
  await pair.quiet();
  const { windows, topics: counted } = pair.stats();
  const { accepted, delivered, queued, dropped, refused } = windows.slow;
  assert.equal(accepted, delivered + queued + dropped);
  assert.equal(counted.t.dropped, dropped + refused);
  assert.ok(counted.t.dropped > 100);
  assert.equal(quick.records.length, 400);
  assert.equal(
    reports.reduce((sum, { count }) => sum + count, 0),
    counted.t.dropped,
  );
  for (const { windowName, topic, code } of reports) {
    assert.deepEqual([windowName, topic, code], ["slow", "t", "ERR_QUEUE_FULL"]);
  }
});

test("a window's dropped copies are reported to the window that published them", async () => {
  const { pair, pages } = topicPages(["a", "slow"], { limits: { ...SMALL, maxQueueRecords: 10 } });
  const [a, slow] = pages;
  slow.subscribe("t");
  await pair.quiet();
  pair.router.pauseWindow(slow.page.contents, true);
  for (let i = 0; i < 30; i++) a.publish("t", i);
  await pair.quiet();
  const [[subject, code, , count]] = a.nacks;
  assert.deepEqual([subject, code], [["t", "slow"], "ERR_QUEUE_FULL"]);
  assert.equal(
    a.nacks.reduce((sum, [, , , each]) => sum + each, 0),
    pair.stats().topics.t.dropped,
  );
  assert.ok(count > 0);
});

test("a conflated value takes the place of what waits under its key, and a slow reader gets the last one", async () => {
  const { pair, topics, pages } = topicPages(["slow", "quick"], { limits: SMALL });
  const reports = reportsOf(pair);
  const [slow, quick] = pages;
  for (const page of pages) page.subscribe("t");
  await pair.quiet();
  pair.router.pauseWindow(slow.page.contents, true);
  for (let i = 0; i < 5_000; i++) {
    topics.publish("t", i, { conflate: `job-${i % 2}` });
    if (i % 1_000 === 0) await pair.quiet();
  }
  await pair.quiet();
  assert.equal(pair.stats().windows.slow.queued, 2);
  pair.router.pauseWindow(slow.page.contents, false);
  pair.main.flushSoon();
  await pair.quiet();
  assert.deepEqual(slow.values, [4_998, 4_999]);
  assert.deepEqual(quick.values.slice(-2), [4_998, 4_999]);
  assert.deepEqual(reports, []);
  const { replaced, dropped } = pair.stats().topics.t;
  assert.ok(replaced >= 4_998);
  assert.equal(dropped, 0);
});

test("keys of different topics are different, and a value without a key stays", async () => {
  const { pair, topics, pages } = topicPages(["slow"]);
  const [slow] = pages;
  slow.subscribe("t");
  slow.subscribe("u");
  await pair.quiet();
  pair.router.pauseWindow(slow.page.contents, true);
  for (const value of [1, 2]) {
    topics.publish("t", value, { conflate: "k" });
    topics.publish("u", value, { conflate: "k" });
    topics.publish("t", `plain ${value}`);
  }
  await pair.quiet();
  pair.router.pauseWindow(slow.page.contents, false);
  pair.main.flushSoon();
  await pair.quiet();
  const of = (number) => slow.records.filter(([own]) => own === number).map(([, value]) => value);
  assert.deepEqual([of(1), of(2)], [["plain 1", 2, "plain 2"], [2]]);
});

for (const how of ["closes", "crashes", "reloads"]) {
  test(`a window that ${how} in the middle of a flood costs the others nothing, and leaks nothing`, async () => {
    const { pair, topics, pages } = topicPages(["ends", "stays"]);
    const [ends, stays] = pages;
    for (const page of pages) page.subscribe("t");
    const main = [];
    topics.subscribe("t", (_, value) => main.push(value.i));
    await pair.quiet();
    const bytes = new Uint8Array(100_000);
    for (let i = 0; i < 60; i++) {
      topics.publish("t", i % 10 === 0 ? { i, bytes } : { i });
      if (i === 30) {
        if (how === "closes") pair.close(ends.page);
        else pair.end(ends.page, how === "crashes");
      }
      if (i % 7 === 0) await pair.quiet();
    }
    await pair.quiet();
    const all = Array.from({ length: 60 }, (_, i) => i);
    assert.equal(stays.records.length, 60);
    assert.deepEqual(main, all);
    assert.equal(pair.held(), 0);
    assert.equal(pair.stats().topics.t.subscribers, 2);
    if (how === "closes") return;
    const next = new TopicPage(pair, pair.load(ends.page.contents, "ends"));
    topics.publish("t", { i: -1 });
    next.subscribe("t");
    await pair.quiet();
    topics.publish("t", { i: -2 });
    await pair.quiet();
    assert.deepEqual(next.values, [{ i: -2 }], "a new document subscribes anew");
  });
}

/** What happens in a flood: values of main and of a window, newcomers, and turns of the event loop. */
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("publish"), retain: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("page"), retain: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("join", "joinMain", "turn", "quiet") }) },
);

test("a newcomer in the middle of a flood gets the retained value and all that follows: no gap, nothing twice", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const { pair, topics, pages } = topicPages(["a"]);
      /** The values in the order in which the router took them, as one who was there from the start saw them. */
      const order = [];
      topics.subscribe("t", (_, value) => order.push(value));
      const newcomers = [];
      const inMain = [];
      let count = 0;
      const value = (retain) => ({ count: ++count, retain });
      for (const each of steps) {
        if (each.do === "publish") topics.publish("t", value(each.retain), { retain: each.retain });
        else if (each.do === "page")
          pages[0].publish("t", value(each.retain), { retain: each.retain });
        else if (each.do === "join") {
          const page = new TopicPage(pair, pair.open(`n${newcomers.length}`));
          page.subscribe("t");
          newcomers.push(page);
        } else if (each.do === "joinMain") {
          const got = [];
          topics.subscribe("t", (_, value) => got.push(value));
          inMain.push(got);
        } else if (each.do === "turn") await new Promise(setImmediate);
        else await pair.quiet();
      }
      await pair.quiet();
      assert.equal(order.length, count);
      for (const got of [...newcomers.map((page) => page.values), ...inMain]) follows(got, order);
      for (const page of newcomers) {
        const retained = page.records.map(([, , wasRetained]) => wasRetained);
        assert.ok(!retained.slice(1).includes(true), "it comes first");
      }
    }),
    { numRuns: 60 },
  );
});

/** Throws unless a newcomer got a retained value and all behind some point, or all behind it. */
function follows(got, order) {
  const numbers = order.map(({ count }) => count);
  const own = got.map(({ count }) => count);
  const rest = numbers.slice(numbers.length - own.length);
  if (own.join() === rest.join() && !lastRetained(order, numbers.length - own.length)) return;
  const [first, ...behind] = own;
  const from = numbers.length - behind.length;
  assert.deepEqual(behind, numbers.slice(from));
  assert.equal(first, lastRetained(order, from)?.count);
}

/** The value that the topic retained when this many had been published. */
function lastRetained(order, published) {
  return order
    .slice(0, published)
    .filter(({ retain }) => retain)
    .pop();
}
