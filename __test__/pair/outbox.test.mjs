import assert from "node:assert/strict";
import { test } from "node:test";
import { Endpoint } from "./bundle.mjs";

/** Of a packet, in UTF-16 units. */
const FULL = 16_000;
/** Of bytes that are not copied. */
const LONG = 60_000;

/** A page's end, and the packets that left it so far. */
function sender() {
  const packets = [];
  const end = new Endpoint({ post: (...packet) => packets.push(packet), listen() {} });
  const sent = () => packets.flatMap(([, text]) => JSON.parse(text).map(([, , , msg]) => msg));
  return { packets, end, sent };
}

test("a turn's messages share a packet, which leaves at the turn's end", async () => {
  const { packets, end, sent } = sender();
  for (let i = 0; i < 100; i++) end.send("b", i);
  assert.deepEqual(packets, []);
  await undefined;
  assert.equal(packets.length, 1);
  assert.deepEqual(
    sent(),
    Array.from({ length: 100 }, (_, i) => i),
  );
});

test("a packet leaves in the middle of the turn once it is full, and order stays", async () => {
  const { packets, end, sent } = sender();
  const msgs = Array.from({ length: 5_000 }, (_, i) => `${i} ${"x".repeat(i % 90)}`);
  for (const msg of msgs) end.send("b", msg);
  const early = packets.length;
  assert.ok(early > 1);
  await undefined;
  assert.equal(packets.length, early + 1);
  assert.deepEqual(sent(), msgs);
  for (const [, text] of packets) assert.ok(text.length < FULL, `${text.length}`);
  for (const [, text] of packets.slice(0, early)) assert.ok(text.length > 0.99 * FULL);
});

test("a message with a long text leaves at once, with what came before it", async () => {
  const { packets, end } = sender();
  const long = "x".repeat(40_000);
  for (const msg of ["before", [long], "after"]) end.send("b", msg);
  assert.equal(packets.length, 1);
  await undefined;
  assert.deepEqual(
    packets.map(([, text, attachments]) => [JSON.parse(text).length, attachments]),
    [
      [2, [long]],
      [1, []],
    ],
  );
});

test("long bytes leave at once, as they are at that moment, and nobody copies them before", async () => {
  const { packets, end } = sender();
  const long = new Uint8Array(LONG + 1);
  end.send("b", long);
  end.request(long, {});
  end.send("b", new Uint8Array(LONG));
  assert.deepEqual(
    packets.map(([, , [bytes], toMain]) => [bytes.buffer === long.buffer, toMain]),
    [
      [true, false],
      [true, true],
    ],
  );
});

test("bytes of an error are those of the moment when they were read, whatever its later members do", () => {
  const { packets, end } = sender();
  const long = new Uint8Array(LONG + 1);
  const error = Object.assign(new Error("x"), { long });
  Object.defineProperty(error, "more", {
    enumerable: true,
    get() {
      long[0] = 9;
      return 1;
    },
  });
  end.send("b", { error, rest: ["x".repeat(40_000)] });
  const [[, , attachments]] = packets;
  assert.equal(new Uint8Array(attachments[0])[0], 0);
});

test("long bytes are copied where code of the app's runs before they leave", () => {
  const { packets, end } = sender();
  const long = new Uint8Array(LONG + 1);
  const changer = {
    get change() {
      long[0] = 9;
      return 1;
    },
  };
  end.send("b", [long, changer]);
  assert.deepEqual(packets, []);
  end.send("b", { changer, long });
  assert.equal(packets.length, 1);
  assert.deepEqual(
    packets[0][2].map((bytes) => [bytes instanceof ArrayBuffer, new Uint8Array(bytes)[0]]),
    [
      [true, 0],
      [false, 9],
    ],
  );
});

test("attachments leave with the packet of their message", async () => {
  const { packets, end } = sender();
  for (let i = 0; i < 4; i++) end.send("b", [new Uint8Array(i), `${i}`.repeat(6_500)]);
  await undefined;
  assert.deepEqual(
    packets.map(([, , attachments]) => attachments.map((buffer) => buffer.byteLength)),
    [
      [0, 1],
      [2, 3],
    ],
  );
});

test("a packet that left early leaves nothing to say at the turn's end, but listeners do", async () => {
  const { packets, end } = sender();
  end.send("b", ["x".repeat(30_000), "x".repeat(30_000)]);
  await undefined;
  assert.equal(packets.length, 1);
  end.send("b", ["x".repeat(30_000), "x".repeat(30_000)]);
  end.fromMain.add(() => undefined);
  await undefined;
  assert.deepEqual(
    packets.map(([lanes, text]) => [lanes, text === ""]),
    [
      [0, false],
      [0, false],
      [1, true],
    ],
  );
});

test("a request that is answered while it is sent settles, and its time is watched no longer", async (t) => {
  let deliver;
  const end = new Endpoint({
    post: (_lanes, text) => {
      const [[, [id]]] = JSON.parse(text);
      deliver(JSON.stringify([[5, id, 1, 0, "answer"]]));
    },
    listen: (take) => {
      deliver = take;
    },
  });
  const timers = ["setTimeout", "clearTimeout"].map((name) => t.mock.method(globalThis, name));
  const long = new Uint8Array(LONG + 1);
  assert.equal(await end.request(long, { timeoutMs: 1_000_000 }), "answer");
  const [set, cleared] = timers.map(({ mock }) => mock.calls);
  assert.equal(set.length, 1);
  assert.equal(cleared[0].arguments[0], set[0].result);
});
