import assert from "node:assert/strict";
import { test } from "node:test";
import { outcome, REQUESTS, SERVICES, slowHandler, start } from "./ways.mjs";

class Odd extends Error {
  name = "Odd";
}

const REASONS = {
  text: "why",
  "the empty string": "",
  number: 5,
  zero: 0,
  false: false,
  "not a number": Number.NaN,
  bigint: 5n,
  object: { why: { deep: [1, undefined] } },
  date: new Date(5),
  map: new Map([["k", new Set([1])]]),
  bytes: { data: new Uint8Array([1, 2]), more: [new ArrayBuffer(3)] },
};

const ERRORS = {
  "an error of a standard class": new TypeError("bad", { cause: new Error("deep") }),
  "an error of the app's class": new Odd("odd"),
  "an error with members": Object.assign(new Error("x"), { code: "E", data: new Uint8Array([7]) }),
};

const UNSENDABLE = {
  function: () => 1,
  symbol: Symbol("s"),
  "an object that holds a function": { deep: [() => 1] },
  "an object that throws when looked at": {
    get member() {
      throw new Error("mine");
    },
  },
};

/** Gives a request up for a reason; what its asker and its handler learn. */
async function giveUp(way, reason) {
  const { pair, ask, handle } = start(way);
  const { calls, handler } = slowHandler();
  handle(handler);
  const controller = new AbortController();
  const asked = outcome(ask(1, { signal: controller.signal }));
  await pair.quiet();
  controller.abort(reason);
  const [settled, rejected] = await asked;
  assert.equal(settled, "error");
  await pair.quiet();
  assert.equal(pair.held(), 0);
  const { signal } = calls[0].event;
  assert.equal(signal.aborted, true);
  return { rejected, heard: signal.reason };
}

for (const way of [...REQUESTS, ...SERVICES]) {
  for (const [name, reason] of Object.entries(REASONS)) {
    test(`${way.way}: a reason crosses: ${name}`, async () => {
      const { rejected, heard } = await giveUp(way, reason);
      assert.ok(Object.is(rejected, reason));
      assert.deepEqual(heard, reason);
    });
  }

  test(`${way.way}: a reason crosses: null`, async () => {
    const { rejected, heard } = await giveUp(way, null);
    assert.equal(rejected, null);
    assert.equal(heard, null);
  });

  for (const [name, reason] of Object.entries(ERRORS)) {
    test(`${way.way}: a reason crosses: ${name}`, async () => {
      const { rejected, heard } = await giveUp(way, reason);
      assert.equal(rejected, reason);
      assert.equal(String(heard), String(reason));
      assert.deepEqual(
        [heard.code, heard.data, String(heard.cause)],
        [reason.code, reason.data, String(reason.cause)],
      );
    });
  }

  for (const [name, reason] of Object.entries(UNSENDABLE)) {
    test(`${way.way}: of a reason that cannot be sent, the handler learns AbortError: ${name}`, async () => {
      const { rejected, heard } = await giveUp(way, reason);
      assert.equal(rejected, reason);
      assert.ok(heard instanceof Error);
      assert.deepEqual([heard.name, heard.code], ["AbortError", "ERR_ABORTED"]);
    });
  }
}

test("a reason that cannot be read is AbortError for the handler", async () => {
  const { pair, ask, handle, asker } = start(REQUESTS[1]);
  const { calls, handler } = slowHandler();
  handle(handler);
  outcome(ask(1));
  await pair.quiet();
  pair.up(asker, 0, '[[9,1,1,["\x7f","?"]]]');
  await pair.quiet();
  const { signal } = calls[0].event;
  assert.deepEqual(
    [signal.aborted, signal.reason.name, signal.reason.code],
    [true, "AbortError", "ERR_ABORTED"],
  );
});
