// What crosses the socket in the tests in Chromium arrives as it was.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pack, unpack } from "../chromium/lib/packed.mjs";

const back = (value) => unpack(pack(value).buffer);

test("messages of a port arrive as they were: texts, numbers, holes and bytes", () => {
  for (const value of [
    0,
    "\ud800 text",
    ["[]", 3, undefined, [1, 2]],
    { port: 1, data: ["[1]", 0, [new Uint8Array([1, 2]).buffer, "text", new ArrayBuffer(0)]] },
  ]) {
    assert.deepEqual(back(value), value);
  }
});

test("a view is its own bytes, not those of its whole buffer", () => {
  const { buffer } = new Uint8Array([1, 2, 3, 4]);
  assert.deepEqual(back([new Uint8Array(buffer, 1, 2)]), [new Uint8Array([2, 3])]);
});
