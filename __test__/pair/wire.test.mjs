import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Joiner, LOST, MAX_PIECE, messagesOf, sizeOfMessage, whole } from "./bundle.mjs";

const unbounded = () => new Joiner(() => Number.POSITIVE_INFINITY);

/** Around the lengths at which something changes. */
const length = fc.oneof(
  fc.nat(40),
  fc.integer({ min: MAX_PIECE - 2, max: MAX_PIECE + 2 }),
  fc.integer({ min: 2 * MAX_PIECE - 2, max: 3 * MAX_PIECE + 2 }),
);
const text = fc
  .tuple(length, fc.constantFrom("a", "\0", "é", "\ud83d\ude82", "\udc00x"))
  .map(([n, seed]) => seed.repeat(n).slice(0, n));
const bytes = length.map((n) => new Uint8Array(n).map((_, i) => i * 7).buffer);
const attachments = fc.array(fc.oneof(text, bytes), { maxLength: 5 });
const frame = fc.tuple(fc.constant("["), text).map(([open, rest]) => open + rest);

function alone(each) {
  return each.map((attachment) => [attachment]);
}

/** What an attachment is, for comparison. */
function plain(attachment) {
  return typeof attachment === "string" ? attachment : Buffer.from(attachment).toString("latin1");
}

function joined(joiner, messages) {
  const taken = messages.map((message) => joiner.take(message));
  assert.ok(taken.slice(0, -1).every((nothing) => nothing === undefined));
  return taken[taken.length - 1];
}

test("what is cut is joined to the same again, frame after frame", () => {
  const frames = fc.array(fc.tuple(frame, fc.nat(255), attachments), { maxLength: 4 });
  const law = (frames) => {
    const joiner = unbounded();
    for (const [frame, lanes, sent] of frames) {
      const messages = messagesOf(frame, lanes, alone(sent));
      const got = joined(joiner, structuredClone(messages));
      const last = messages[messages.length - 1];
      assert.deepEqual(last.slice(0, 2), [frame, lanes]);
      assert.deepEqual(got.map(whole).map(plain), sent.map(plain));
    }
  };
  fc.assert(fc.property(frames, law), { numRuns: 60 });
});

test("pieces stay below the limit, and are cut no smaller than they must", () => {
  const law = (frame, sent) => {
    const messages = messagesOf(frame, 0, alone(sent));
    for (const message of messages) {
      assert.ok(sizeOfMessage(message) <= Math.max(MAX_PIECE, frame.length));
    }
    const total = messages.reduce((sum, message) => sum + sizeOfMessage(message), 0);
    // Two neighbours would not fit into one.
    assert.ok(messages.length <= 2 + (2 * total) / MAX_PIECE, `${messages.length} for ${total}`);
  };
  fc.assert(fc.property(frame, attachments, law), { numRuns: 60 });
});

test("pieces that came are passed on as they are", () => {
  const pieces = ["a".repeat(MAX_PIECE), "b".repeat(10)];
  const messages = messagesOf("[]", 0, [pieces]);
  assert.deepEqual(joined(unbounded(), messages), [pieces]);
});

test("what is beyond the bound is not kept, the rest is whole, and the next frame has room", () => {
  const joiner = new Joiner(() => 100);
  const sent = ["x".repeat(60), "y".repeat(50), "z"];
  const [, ...rest] = joined(joiner, messagesOf("[]", 0, alone(sent)));
  assert.equal(rest[0], LOST);
  assert.equal(rest[1], LOST);
  const [next] = joined(joiner, messagesOf("[]", 0, [["x".repeat(100)]]));
  assert.equal(whole(next), "x".repeat(100));
});

test("counts that do not fit what came are an error, and all that came is forgotten", () => {
  for (const counts of [[], [1], [3], [1, 2], [2, 0, 1]]) {
    const joiner = unbounded();
    joiner.take(["", 0, ["a"]]);
    assert.throws(() => joiner.take(["[]", 0, ["b"], counts]), /pieces/);
    assert.deepEqual(joined(joiner, messagesOf("[]", 0, [["c"]])), [["c"]]);
  }
});
