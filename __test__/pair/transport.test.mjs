import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  MAX_FRAGMENT,
  MAX_INLINE,
  OVERSIZED,
  Reassembler,
  reassemble,
  sendFragmented,
  sizeOfMessage,
  withOwnBytes,
} from "./bundle.mjs";

/** What a packet is sent as; a port copies each message before the next is made. */
function messagesOf(packet, lanes, attachments, isTheirs = false) {
  const messages = [];
  sendFragmented(packet, lanes, attachments, isTheirs, (message) =>
    messages.push(structuredClone(message)),
  );
  return messages;
}

const unbounded = () => new Reassembler(() => Number.POSITIVE_INFINITY);

/** A longer attachment crosses in fragments of up to MAX_FRAGMENT. */
const LONG = 1_000_000;

/** Around the lengths at which something changes. */
const length = fc.oneof(
  { arbitrary: fc.nat(40), weight: 3 },
  { arbitrary: fc.integer({ min: MAX_INLINE - 2, max: MAX_INLINE + 2 }), weight: 3 },
  { arbitrary: fc.integer({ min: 2 * MAX_INLINE - 2, max: 3 * MAX_INLINE + 2 }), weight: 3 },
  { arbitrary: fc.integer({ min: LONG - 2, max: LONG + 2 }), weight: 1 },
);
const text = fc
  .tuple(length, fc.constantFrom("a", "\0", "é", "\ud83d\ude82", "\udc00x"))
  .map(([n, seed]) => seed.repeat(n).slice(0, n));
const bytes = length.map((n) => new Uint8Array(n).map((_, i) => i * 7).buffer);
const attachments = fc.array(fc.oneof(text, bytes), { maxLength: 5 });
const packet = fc.tuple(fc.constant("["), text).map(([open, rest]) => open + rest);

function alone(each) {
  return each.map((attachment) => [attachment]);
}

/** What an attachment is, for comparison. */
function plain(attachment) {
  return typeof attachment === "string" ? attachment : Buffer.from(attachment).toString("latin1");
}

function joined(reassembler, messages) {
  const taken = messages.map((message) => reassembler.take(message));
  assert.ok(taken.slice(0, -1).every((nothing) => nothing === undefined));
  return taken[taken.length - 1];
}

test("what is cut is joined to the same again, packet after packet", () => {
  const how = fc.tuple(packet, fc.nat(255), attachments, fc.boolean());
  const law = (packets) => {
    const reassembler = unbounded();
    for (const [packet, lanes, sent, isTheirs] of packets) {
      const messages = messagesOf(packet, lanes, alone(sent), isTheirs);
      const got = joined(reassembler, messages);
      const last = messages[messages.length - 1];
      assert.deepEqual(last.slice(0, 2), [packet, lanes]);
      assert.deepEqual(got.map(reassemble).map(plain), sent.map(plain));
    }
  };
  fc.assert(fc.property(fc.array(how, { maxLength: 4 }), law), { numRuns: 60 });
});

test("fragments stay below the limit, and are cut no smaller than they must", () => {
  const law = (packet, sent) => {
    const messages = messagesOf(packet, 0, alone(sent));
    const hasLong = sent.some((each) => (each.byteLength ?? each.length) > LONG);
    const longest = hasLong ? MAX_FRAGMENT : MAX_INLINE;
    for (const message of messages) {
      assert.ok(sizeOfMessage(message) <= Math.max(longest, packet.length));
    }
    const total = messages.reduce((sum, message) => sum + sizeOfMessage(message), 0);
    // Two neighbours would not fit into one.
    assert.ok(messages.length <= 2 + (2 * total) / MAX_INLINE, `${messages.length} for ${total}`);
  };
  fc.assert(fc.property(packet, attachments, law), { numRuns: 60 });
});

test("an attachment of up to a million crosses in messages that Chromium passes inline, a longer one in few", () => {
  const inFragments = (size) =>
    Array.from({ length: size / 100_000 }, () => new ArrayBuffer(100_000));
  for (const [size, longest, most] of [
    [LONG, MAX_INLINE, 18],
    [16 * LONG, MAX_FRAGMENT, 33],
  ]) {
    for (const isTheirs of [true, false]) {
      const ways = [["x".repeat(size)], [new ArrayBuffer(size)], [new Uint8Array(size)]];
      for (const attachment of isTheirs ? [...ways, inFragments(size)] : ways) {
        const sizes = messagesOf("[]", 0, [attachment], isTheirs).map(sizeOfMessage);
        assert.equal(Math.max(...sizes), longest);
        if (attachment.length === 1) assert.ok(sizes.length <= most, `${sizes.length} messages`);
      }
    }
  }
});

test("long bytes whose size is announced are one fragment when they have come, and views and fragments of them alike", () => {
  const bytes = new Uint8Array(3 * MAX_INLINE + 5).map((_, i) => i * 7);
  const inMemory = new Uint8Array([1, 2, ...bytes, 3]).subarray(2, -1);
  const cut = [
    bytes.slice(0, 70_000).buffer,
    bytes.slice(70_000, 70_001).buffer,
    bytes.slice(70_001).buffer,
  ];
  for (const attachment of [[bytes.buffer], [inMemory], cut]) {
    const sent = [["before"], attachment, [new ArrayBuffer(9)], attachment, ["x".repeat(70_000)]];
    const got = joined(unbounded(), messagesOf("[]", 0, sent, true));
    assert.deepEqual(
      got.map((fragments) => fragments.length),
      [1, 1, 1, 1, 2],
    );
    for (const at of [1, 3]) assert.deepEqual(new Uint8Array(got[at][0]), bytes);
  }
});

test("a message that is kept does not change when the next is made", () => {
  const sent = [MAX_INLINE, LONG].flatMap((size) =>
    [1, 2, 3].map((n) => new Uint8Array(size * 2).fill(n).buffer),
  );
  const messages = [];
  sendFragmented("[]", 0, alone(sent), false, (message) => messages.push(withOwnBytes(message)));
  const got = joined(unbounded(), messages);
  assert.deepEqual(got.map(reassemble).map(plain), sent.map(plain));
});

test("sizes that do not fit what came are an error, and all that came is forgotten", () => {
  const fragment = new ArrayBuffer(50);
  for (const messages of [
    [["", 0, [fragment], [49]]],
    [["", 0, ["text"], [49]]],
    [
      ["", 0, [fragment], [60]],
      ["[]", 0, [], [1]],
    ],
    [
      ["", 0, [fragment], [60]],
      ["[]", 0],
    ],
    [
      ["", 0, [fragment], [60]],
      ["", 0, [fragment], [60]],
    ],
    [["", 0, [fragment], [0]]],
    [["", 0, [fragment], []]],
  ]) {
    const reassembler = unbounded();
    assert.throws(() => messages.map((message) => reassembler.take(message)), /its attachments/);
    assert.deepEqual(joined(reassembler, messagesOf("[]", 0, [["c"]])), [["c"]]);
  }
});

test("very long bytes are whole, and a size that is announced takes no more than 16 MiB", () => {
  const bytes = new Uint8Array(40_000_000).map((_, i) => i * 7);
  const [[got]] = joined(unbounded(), messagesOf("[]", 0, [[bytes.buffer]], true));
  assert.deepEqual(Buffer.compare(Buffer.from(got), bytes), 0);
  assert.equal(got.byteLength, bytes.length);
  const before = process.memoryUsage().arrayBuffers;
  const joiners = Array.from({ length: 10 }, unbounded);
  for (const reassembler of joiners) reassembler.take(["", 0, [new ArrayBuffer(9)], [2 ** 32 - 1]]);
  const taken = (process.memoryUsage().arrayBuffers - before) / joiners.length;
  assert.ok(taken < 17_000_000, `${taken} bytes`);
});

test("what is announced to be beyond the limit is not kept, and takes no memory", () => {
  const reassembler = new Reassembler(() => 200_000);
  const sent = [new ArrayBuffer(150_000), new ArrayBuffer(150_000), "z"];
  const [first, ...rest] = joined(reassembler, messagesOf("[]", 0, alone(sent), true));
  assert.equal(first[0].byteLength, 150_000);
  assert.deepEqual(rest, [OVERSIZED, OVERSIZED]);
  reassembler.take(["", 0, [new ArrayBuffer(9)], [2 ** 53 - 1]]);
});

test("fragments that came are passed on as they are", () => {
  const fragments = ["a".repeat(MAX_INLINE), "b".repeat(10)];
  const messages = messagesOf("[]", 0, [fragments]);
  assert.deepEqual(joined(unbounded(), messages), [fragments]);
});

test("what is beyond the bound is not kept, the rest is whole, and the next packet has room", () => {
  const reassembler = new Reassembler(() => 1_000);
  const sent = ["x".repeat(600), "y".repeat(500), "z"];
  const [, ...rest] = joined(reassembler, messagesOf("[]", 0, alone(sent)));
  assert.equal(rest[0], OVERSIZED);
  assert.equal(rest[1], OVERSIZED);
  const [next] = joined(reassembler, messagesOf("[]", 0, [["x".repeat(1_000)]]));
  assert.equal(reassemble(next), "x".repeat(1_000));
});

test("counts that do not fit what came are an error, and all that came is forgotten", () => {
  for (const counts of [[], [1], [3], [1, 2], [2, 0, 1]]) {
    const reassembler = unbounded();
    reassembler.take(["", 0, ["a"]]);
    assert.throws(() => reassembler.take(["[]", 0, ["b"], counts]), /fragments/);
    assert.deepEqual(joined(reassembler, messagesOf("[]", 0, [["c"]])), [["c"]]);
  }
});
