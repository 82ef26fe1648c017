// What both ends of topics have in common, without a router.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as turn } from "node:timers/promises";
import { Numbers, optionMembersOf, Subscriptions } from "./bundle.mjs";
import { catchUncaught } from "./uncaught.mjs";

test("options are members of a record, and none for the defaults", () => {
  const rows = [
    [undefined, ""],
    [{}, ""],
    [{ retain: false, to: undefined }, ""],
    [{ to: "a" }, ',["a"],0,0'],
    [{ to: ["a", "b"], conflate: "k" }, ',["a","b"],0,"k"'],
    [{ to: [] }, ",[],0,0"],
    [{ retain: true }, ",0,1,0"],
    [{ retain: true, conflate: "k" }, ',0,1,"k"'],
    [{ conflate: "\ud800" }, ',0,0,"\ufffd"'],
  ];
  for (const [options, members] of rows) assert.equal(optionMembersOf(options), members);
});

test("a wrong option is an error that says what would be right", () => {
  const rows = [
    [5, /^electron-switchyard: publish: options must be an object, and is 5/],
    [null, /^electron-switchyard: publish: options must be an object, and is null/],
    [
      { retian: true },
      /^electron-switchyard: publish: an option must be to or retain or conflate, and is "retian"/,
    ],
    [{ retain: 1 }, /^electron-switchyard: publish: retain must be true or false, and is 1/],
    [
      { conflate: 7 },
      /^electron-switchyard: publish: conflate must be a non-empty string, and is 7/,
    ],
    [{ conflate: "é".repeat(513) }, /^electron-switchyard: publish: conflate must be/],
    [{ conflate: "" }, /^electron-switchyard: publish: conflate must be/],
    [{ conflate: null }, /^electron-switchyard: publish: conflate must be/],
    [{ to: 5 }, /^electron-switchyard: publish: to must be a non-empty string, and is 5/],
    [{ to: ["a", ""] }, /^electron-switchyard: publish: to must be/],
    [{ to: ["é".repeat(513)] }, /^electron-switchyard: publish: to must be/],
    [
      { to: Array.from({ length: 5_000 }, (_, i) => `window ${i}`) },
      /^electron-switchyard: publish: to must have/,
    ],
    [{ to: "a", retain: true }, /^electron-switchyard: publish: retain must be without to/],
    [{ to: [], retain: true }, /^electron-switchyard: publish: retain must be without to/],
  ];
  for (const [options, message] of rows) {
    assert.throws(() => optionMembersOf(options), { code: "ERR_INVALID_OPTION", message });
  }
});

test("a topic has one number, and the 4,097th takes that of the first", () => {
  const named = [];
  const numbers = new Numbers((number, topic) => named.push([number, topic]));
  for (let i = 0; i < 4_096; i++) assert.equal(numbers.of(`t${i}`), i);
  assert.equal(numbers.of("t7"), 7);
  assert.equal(numbers.of("new"), 0);
  assert.equal(numbers.of("t0"), 1);
  assert.deepEqual(named.slice(4_096), [
    [0, "new"],
    [1, "t0"],
  ]);
});

/** Subscriptions, and the router's part of them. */
function subscriptions() {
  const sent = [];
  const topics = new Subscriptions({
    subscribe: (number, topic) => sent.push(["subscribe", topic, number]),
    unsubscribe: (number) => sent.push(["unsubscribe", number]),
  });
  const give = (number, value, isRetained = false) =>
    topics.take(number, isRetained, "event", () => value);
  return { topics, sent, give };
}

test("a newcomer gets the retained value alone, and nothing that came under an earlier number", () => {
  const { topics, sent, give } = subscriptions();
  const [first, second] = [[], []];
  topics.subscribe("t", (_, value) => first.push(value));
  give(sent[0][2], "kept", true);
  give(sent[0][2], 1);
  topics.subscribe("t", (_, value) => second.push(value));
  give(sent[0][2], 2);
  give(sent[1][2], "kept", true);
  give(sent[1][2], 3);
  assert.deepEqual(first, ["kept", 1, 2, 3]);
  assert.deepEqual(second, ["kept", 3]);
});

test("the last Undo of a topic ends the subscription, and any Undo works once", () => {
  const { topics, sent, give } = subscriptions();
  const got = [];
  const undoFirst = topics.subscribe("t", () => got.push("first"));
  const undoSecond = topics.subscribe("t", () => got.push("second"));
  undoFirst();
  undoFirst();
  assert.equal(sent.length, 2);
  undoSecond();
  assert.deepEqual(sent[2], ["unsubscribe", sent[1][2]]);
  give(sent[1][2], 1);
  assert.deepEqual(got, []);
  topics.subscribe("t", () => got.push("third"));
  undoSecond();
  assert.equal(sent.length, 4);
  give(sent[1][2], 1);
  give(sent[3][2], 2);
  assert.deepEqual(got, ["third"]);
});

test("numbers are never given twice, and the memory of a topic does not grow with them", () => {
  const { topics, sent } = subscriptions();
  topics.subscribe("t", () => undefined);
  topics.subscribe("u", () => undefined);
  for (let i = 0; i < 1_000; i++) topics.subscribe("t", () => i)();
  const numbers = sent.filter(([what]) => what === "subscribe").map(([, , number]) => number);
  assert.equal(new Set(numbers).size, 1_002);
  assert.ok(JSON.stringify([...topics._topics.values()]).length < 500);
});

test("the same function twice counts once", () => {
  const { topics, sent, give } = subscriptions();
  const got = [];
  const take = (_, value) => got.push(value);
  topics.subscribe("t", take);
  const undo = topics.subscribe("t", take);
  assert.equal(sent.length, 1);
  give(sent[0][2], 1);
  assert.deepEqual(got, [1]);
  undo();
  assert.equal(sent.length, 2);
});

test("a callback that throws is reported once, and the others get the value", async (t) => {
  const { topics, sent, give } = subscriptions();
  const got = [];
  topics.subscribe("t", () => {
    throw new Error("a subscriber failed");
  });
  topics.subscribe("t", (_, value) => got.push(value));
  const caught = catchUncaught(t);
  give(sent[1][2], 1);
  assert.deepEqual(got, [1]);
  await turn();
  assert.deepEqual(
    caught.map(({ message }) => message),
    ["a subscriber failed"],
  );
});

test("a value is not read if nobody subscribes any more", () => {
  const { topics, sent } = subscriptions();
  topics.subscribe("t", () => undefined)();
  topics.take(sent[0][2], false, "event", () => assert.fail("it was read"));
});

test("a wrong topic or callback is an error, and changes nothing", () => {
  const { topics, sent } = subscriptions();
  for (const topic of [undefined, 5, "", {}]) {
    assert.throws(() => topics.subscribe(topic, () => undefined), { code: "ERR_INVALID_ARG_TYPE" });
  }
  assert.throws(() => topics.subscribe("é".repeat(513), () => undefined), {
    code: "ERR_INVALID_OPTION",
  });
  assert.throws(() => topics.subscribe("t", 5), { code: "ERR_INVALID_ARG_TYPE" });
  assert.deepEqual(sent, []);
});
