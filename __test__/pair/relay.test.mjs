// What a page and its preload say to each other, with events of Node in the place of the DOM's.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Endpoint,
  MAX_FRAGMENT,
  RejectingPort,
  relayFrom,
  relayTo,
  WorldTransport,
} from "./bundle.mjs";
import { outcome } from "./ways.mjs";

const NAME = "up";

class TestEvent extends Event {
  constructor(type = "", { detail, initData } = {}) {
    super(type);
    Object.assign(this, { detail, initData });
  }
}

/** A window, for as long as the test lasts. */
function aWindow(t, { bytes = true } = {}) {
  const target = new EventTarget();
  const stand = {
    addEventListener: target.addEventListener.bind(target),
    dispatchEvent: target.dispatchEvent.bind(target),
    CustomEvent: TestEvent,
    MediaEncryptedEvent: bytes ? TestEvent : undefined,
    document: {
      createEvent: () => ({
        initCustomEvent(type, _bubbles, _cancelable, detail) {
          this.made = new TestEvent(type, { detail });
        },
      }),
    },
  };
  stand.dispatchEvent = (event) => target.dispatchEvent(event.made ?? event);
  const before = Object.fromEntries(Object.keys(stand).map((name) => [name, globalThis[name]]));
  Object.assign(globalThis, stand);
  t.after(() => Object.assign(globalThis, before));
  const taken = [];
  relayFrom(NAME, stand, (message) => taken.push(message));
  const say = (detail, more = "") => stand.dispatchEvent(new TestEvent(NAME + more, { detail }));
  return { taken, say, send: relayTo(NAME, stand) };
}

const buffer = (...bytes) => Uint8Array.from(bytes).buffer;

for (const bytes of [true, false]) {
  test(`what is sent arrives as it was, ${bytes ? "" : "not "}by events that carry bytes`, (t) => {
    const { taken, send } = aWindow(t, { bytes });
    const messages = [
      0,
      7,
      "[]",
      "[1]",
      ["", 7],
      ["[1]", 3],
      ["[1];", 3],
      ["", 0, ["text", buffer(1, 2)]],
      ["", 0, [buffer(1)], [60001]],
      ["[1;2,3]", 7, ["", ";", buffer()], [1, 2]],
      ["[1]", 0, [], [0]],
    ];
    for (const message of messages) send(message);
    assert.deepEqual(taken, messages);
  });
}

test("nothing else is taken, whatever is said", (t) => {
  const { taken, say } = aWindow(t);
  const others = [
    null,
    undefined,
    -1,
    0.5,
    Number.NaN,
    2 ** 60,
    true,
    5n,
    {},
    [],
    ["[]"],
    new Map(),
  ];
  others.push("", "x", "8;[]", "64;[]", "128;[]", "-1;[]", "0,x;[]", "0,-1;[]", "a;[]", "0.5;[]");
  for (const more of ["", ":bytes"]) for (const other of others) say(other, more);
  for (const other of others.slice(0, 12)) say(other, ":text");
  assert.deepEqual(
    taken.filter((message) => typeof message !== "object"),
    [],
  );
  // Fragments that came are as long as messages may be, or are not passed on.
  taken.length = 0;
  say("0;");
  for (const [count, length] of [
    [4097, 0],
    [2, MAX_FRAGMENT / 2 + 1],
  ]) {
    for (let n = 0; n < count; n++) say("x".repeat(length), ":text");
    say("0;");
  }
  say("3;[9]");
  assert.deepEqual(taken.slice(-1), [["[9]", 3]]);
  for (const message of taken) assert.ok((message[2] ?? []).length <= 4096);
  assert.ok(taken.length <= 2, `${taken.length}`);
});

test("a document that is not let in rejects each call with main's words, for as long as it asks", async () => {
  const wire = new WorldTransport();
  const end = new Endpoint(wire);
  const reports = [];
  end.reports.add(({ windowName, code, count }) => reports.push([windowName, code, count]));
  const early = outcome(end.request(0, {}));
  wire.join(new RejectingPort({ code: "ERR_ORIGIN", sentence: "not here" }));
  const errors = [await early];
  for (let n = 0; n < 3; n++) {
    errors.push(await outcome(end.request(new Uint8Array(700_000), {})));
    errors.push(await outcome(end.call("work", "x".repeat(700_000), {})));
    end.send("work", n);
  }
  end.send("work", 4);
  await outcome(end.request(5, {}));
  for (const [, error] of errors) {
    assert.equal(error.code, "ERR_ORIGIN");
    assert.match(error.message, /: not here$/);
  }
  assert.equal(
    reports.reduce((sum, [, , count]) => sum + count, 0),
    4,
  );
  assert.ok(wire.isAnswered);
});
