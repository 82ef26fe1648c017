// What main publishes and subscribes to, over the real router. Each sentence of the design has a test.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { TopicPage, topicPages } from "./topic-page.mjs";
import { catchUncaught } from "./uncaught.mjs";

/** The values that main gets of a topic, each with its event. */
function mainGets(topics, topic) {
  const got = [];
  const undo = topics.subscribe(topic, (event, value) => got.push([event, value]));
  return { got, undo, values: () => got.map(([, value]) => value) };
}

function reportsOf(pair) {
  const reports = [];
  pair.main.onUndeliverable((report) => reports.push(report));
  return reports;
}

test("a value of main reaches all who subscribe, and main, with its sender", async () => {
  const { pair, topics, pages } = topicPages(["a", "b", "c"]);
  const [a, b, c] = pages;
  a.subscribe("theme");
  b.subscribe("theme");
  c.subscribe("other");
  const main = mainGets(topics, "theme");
  await pair.quiet();
  topics.publish("theme", { dark: true });
  await pair.quiet();
  assert.deepEqual(a.records, [[1, { dark: true }, false, 0]]);
  assert.deepEqual(b.records, [[1, { dark: true }, false, 0]]);
  assert.deepEqual(c.records, []);
  assert.deepEqual(main.got, [[{ windowName: undefined, origin: undefined }, { dark: true }]]);
});

test("a value of a window reaches main with the window's name and origin", async () => {
  const { pair, topics, pages } = topicPages(["a"]);
  const main = mainGets(topics, "t");
  pages[0].publish("t", [1]);
  await pair.quiet();
  assert.deepEqual(main.got, [[{ windowName: "a", origin: "file://" }, [1]]]);
  assert.ok(Object.isFrozen(main.got[0][0]));
});

test("a value reaches those only that `to` names, and an unknown name is reported and stops no other", async () => {
  const { pair, topics, pages } = topicPages(["a", "b"]);
  const reports = reportsOf(pair);
  for (const page of pages) page.subscribe("t");
  const main = mainGets(topics, "t");
  await pair.quiet();
  topics.publish("t", 1, { to: ["b", "nobody"] });
  topics.publish("t", 2, { to: "a" });
  topics.publish("t", 3, { to: [] });
  await pair.quiet();
  assert.deepEqual([pages[0].values, pages[1].values, main.got], [[2], [1], []]);
  const [{ message, ...report }] = reports;
  assert.deepEqual(report, {
    windowName: "nobody",
    topic: "t",
    count: 1,
    code: "ERR_UNKNOWN_WINDOW",
    reason: undefined,
  });
  assert.match(message, /nobody/);
  assert.equal(reports.length, 1);
});

test("if nobody subscribes, nothing happens, and nothing is kept", async () => {
  const { pair, topics } = topicPages(["a"]);
  const reports = reportsOf(pair);
  topics.publish("t", new Uint8Array(100_000));
  await pair.quiet();
  assert.deepEqual(reports, []);
  assert.equal(pair.held(), 0);
  assert.equal(pair.stats().total.accepted, 0);
});

test("a value is encoded when it is published, once for all who subscribe", async () => {
  const { pair, topics, pages } = topicPages(["a", "b"]);
  for (const page of pages) page.subscribe("t");
  await pair.quiet();
  let reads = 0;
  const value = {
    get n() {
      reads += 1;
      return reads;
    },
  };
  topics.publish("t", value);
  const list = [1];
  topics.publish("t", list);
  list.push(2);
  await pair.quiet();
  for (const page of pages) assert.deepEqual(page.values, [{ n: 1 }, [1]]);
});

test("attachments of a value are kept once, and given back after the last subscriber", async () => {
  const { pair, topics, pages } = topicPages(["a", "b"]);
  for (const page of pages) page.subscribe("t");
  await pair.quiet();
  topics.publish("t", { bytes: new Uint8Array(100_000), text: "x".repeat(40_000) });
  await pair.quiet();
  assert.equal(pages[0].records.length, 1);
  assert.equal(pages[1].records.length, 1);
  topics.publish("kept", new Uint8Array(100_000), { retain: true });
  await pair.quiet();
  assert.equal(pair.held(), 1, "the retained one");
  topics.publish("kept", 0, { retain: true });
  await pair.quiet();
  assert.equal(pair.held(), 0);
});

test("a newcomer gets the retained value first and then all that follows, in main and in windows", async () => {
  const { pair, topics, pages } = topicPages(["a"]);
  topics.publish("t", 1, { retain: true });
  topics.publish("t", 2, { retain: true });
  topics.publish("t", 3);
  const main = mainGets(topics, "t");
  pages[0].subscribe("t");
  await pair.quiet();
  topics.publish("t", 4);
  await pair.quiet();
  assert.deepEqual(main.values(), [2, 4]);
  assert.deepEqual(pages[0].records, [
    [1, 2, true, 0],
    [1, 4, false, 0],
  ]);
});

test("a second subscriber of main gets the retained value alone, and the first one nothing twice", async () => {
  const { pair, topics } = topicPages([]);
  topics.publish("t", 1, { retain: true });
  const first = mainGets(topics, "t");
  await pair.quiet();
  topics.publish("t", 2);
  const second = mainGets(topics, "t");
  topics.publish("t", 3);
  await pair.quiet();
  assert.deepEqual(
    [first.values(), second.values()],
    [
      [1, 2, 3],
      [1, 3],
    ],
  );
  first.undo();
  topics.publish("t", 4);
  await pair.quiet();
  assert.deepEqual(
    [first.values(), second.values()],
    [
      [1, 2, 3],
      [1, 3, 4],
    ],
  );
  second.undo();
  topics.publish("t", 5);
  await pair.quiet();
  assert.deepEqual(second.values(), [1, 3, 4]);
});

test("undefined with retain is delivered, and the topic retains nothing from then on", async () => {
  const { pair, topics } = topicPages([]);
  const main = mainGets(topics, "t");
  topics.publish("t", 1, { retain: true });
  topics.publish("t", undefined, { retain: true });
  await pair.quiet();
  const late = mainGets(topics, "t");
  await pair.quiet();
  assert.deepEqual([main.values(), late.values()], [[1, undefined], []]);
  assert.equal(pair.stats().retainedBytes, 0);
});

test("what is retained waits for the first window, however late it comes", async () => {
  const { pair, topics } = topicPages([]);
  topics.publish("t", { since: 1 }, { retain: true });
  await pair.quiet();
  const late = new TopicPage(pair, pair.open("late"));
  late.subscribe("t");
  await pair.quiet();
  assert.deepEqual(late.values, [{ since: 1 }]);
});

test("main's values and messages leave in the order of the calls", async () => {
  const { pair, topics, pages } = topicPages(["a"]);
  const [{ page }] = pages;
  pages[0].subscribe("t");
  pair.up(page, 1, "");
  await pair.quiet();
  const order = [];
  page.deliver = (packet) => {
    for (const record of JSON.parse(packet)) order.push(record.at(-1));
  };
  for (let i = 0; i < 300; i += 3) {
    pair.main.send("a", i);
    topics.publish("t", i + 1);
    pair.main.send("a", i + 2);
  }
  await pair.quiet();
  assert.deepEqual(
    order,
    Array.from({ length: 300 }, (_, i) => i),
  );
});

test("values of one publisher to one topic come in order, whatever their size", async () => {
  const { pair, topics, pages } = topicPages(["a", "b"]);
  pages[1].subscribe("t");
  const main = mainGets(topics, "t");
  await pair.quiet();
  for (let i = 0; i < 200; i++) {
    pages[0].publish("t", ["a", i]);
    topics.publish("t", i % 7 === 0 ? ["main", i, "x".repeat(20_000)] : ["main", i]);
  }
  await pair.quiet();
  for (const values of [pages[1].values, main.values()]) {
    assert.equal(values.length, 400);
    for (const publisher of ["a", "main"]) {
      const numbers = values.filter(([by]) => by === publisher).map(([, i]) => i);
      assert.deepEqual(
        numbers,
        Array.from({ length: 200 }, (_, i) => i),
      );
    }
  }
});

test("a subscriber that throws is uncaught once, and the others get their values", async (t) => {
  const errors = catchUncaught(t);
  const { pair, topics } = topicPages([]);
  const got = [];
  topics.subscribe("t", () => {
    throw new Error("thrown by a subscriber");
  });
  topics.subscribe("t", (_, value) => got.push(value));
  topics.publish("t", 1);
  await pair.quiet();
  await wait(5);
  assert.deepEqual(got, [1]);
  assert.deepEqual(
    errors.map(({ message }) => message),
    ["thrown by a subscriber"],
  );
});

test("a value that cannot be cloned throws with its place, and nothing is half done", async () => {
  const { pair, topics } = topicPages([]);
  const main = mainGets(topics, "t");
  const value = { items: [1, 2, 3, () => 1] };
  assert.throws(() => topics.publish("t", value, { retain: true }), {
    code: "ERR_NOT_CLONEABLE",
    message: /^electron-switchyard: value\.items\[3\] is a function/,
  });
  for (const [args, code] of [
    [["", 1], "ERR_INVALID_ARG_TYPE"],
    [[7, 1], "ERR_INVALID_ARG_TYPE"],
    [["x".repeat(1_025), 1], "ERR_INVALID_OPTION"],
    [["é".repeat(513), 1], "ERR_INVALID_OPTION"],
    [["t", 1, { retain: 1 }], "ERR_INVALID_OPTION"],
    [["t", 1, { conflate: 7 }], "ERR_INVALID_OPTION"],
    [["t", 1, { to: [7] }], "ERR_INVALID_OPTION"],
    [["t", 1, { to: "b", retain: true }], "ERR_INVALID_OPTION"],
    [["t", 1, { other: 1 }], "ERR_INVALID_OPTION"],
    [["t", 1, null], "ERR_INVALID_OPTION"],
  ]) {
    assert.throws(() => topics.publish(...args), { code }, JSON.stringify(args).slice(0, 80));
  }
  await pair.quiet();
  assert.deepEqual(main.got, []);
  topics.publish("é".repeat(512), 1);
  topics.subscribe("é".repeat(512), () => undefined)();
  await pair.quiet();
});

test("main publishes to more topics than it has numbers, and each value goes to its own", async () => {
  const { pair, topics } = topicPages([]);
  const got = new Map();
  const names = Array.from({ length: 4_100 }, (_, i) => `topic ${i}`);
  for (const name of [...names.slice(0, 10), ...names.slice(-10)])
    topics.subscribe(name, (_, value) => got.set(name, [...(got.get(name) ?? []), value]));
  for (const round of [1, 2]) for (const name of names) topics.publish(name, `${name} ${round}`);
  await pair.quiet();
  assert.equal(got.size, 20);
  for (const [name, values] of got) assert.deepEqual(values, [`${name} 1`, `${name} 2`]);
});
