import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import {
  ACKNOWLEDGE_COUNT,
  ACKNOWLEDGE_IDLE_MS,
  NOTICE_HERE,
  PortTransport,
  Turn,
  WorldTransport,
} from "./bundle.mjs";
import { pageEnd } from "./page-end.mjs";

const FIRST = 4 * 7;
const PAGE = FIRST + 1;
/** The least that may be set. */
const LEAST_IN_FLIGHT = 262_144;
const MAX_TO_MAIN = 1024 * 1024;

/** What Electron makes of a port in main. */
class PortInMain extends EventEmitter {
  constructor(port) {
    super();
    this.port = port;
  }

  start() {
    this.port.on("message", (data) => this.emit("message", { data }));
  }

  postMessage(message) {
    this.port.postMessage(message);
  }

  close() {
    this.port.close();
  }
}

/** Both ends of the wire of a page's world, and what each got. */
function joined(t, { offered = true } = {}) {
  const ends = { up: [], down: [], acknowledged: 0, refused: [] };
  const events = {
    packet: (_wire, link, packet, lanes, attachments) =>
      ends.up.push([link, packet, lanes, attachments]),
    here: (_wire, question) => ends.up.push([FIRST, question, NOTICE_HERE]),
    acknowledged: (_wire, _link, packets) => {
      ends.acknowledged += packets;
    },
    rejected: (_wire, error) => ends.refused.push(error),
    closed: () => undefined,
  };
  const opened = [];
  const channel = () => {
    const { port1, port2 } = new MessageChannel();
    opened.push(port1);
    return [port1, new PortInMain(port2)];
  };
  ends.world = new WorldTransport();
  ends.world.listen((packet, attachments) => ends.down.push([packet, attachments]));
  /** Main hears a hello, and answers it. */
  ends.offer = () => {
    const [, ofPreload] = channel();
    const [port, ofPage] = channel();
    ends.port = port;
    ends.world.join(port);
    const maxKept = () => Number.POSITIVE_INFINITY;
    const settings = { maxKept, turn: new Turn(), isDeveloping: false };
    const place = { sender: { id: 1 } };
    ends.main = new PortTransport(place, FIRST, [ofPreload, ofPage], events, settings);
    ends.main.answer();
  };
  /** Main does not hear a hello. */
  ends.offerInVain = () => ends.world.join(channel()[0]);
  if (offered) ends.offer();
  // An open port would keep the process alive.
  t.after(() => {
    for (const port of opened) port.close();
  });
  return ends;
}

/** What a page posts over its port from now on. */
function postsOf(port) {
  const posts = [];
  const { postMessage } = port;
  port.postMessage = function (message) {
    posts.push(message);
    return postMessage.call(this, message);
  };
  return posts;
}

async function until(holds) {
  for (let n = 0; n < 500 && !holds(); n++) await sleep(2);
  assert.ok(holds());
}

/** In bytes of the router: a unit of text has at most so many. */
const BYTES = { a: 1, "\u20ac": 3 };

for (const [unit, bytes] of Object.entries(BYTES)) {
  test(`whatever a page takes of ${bytes}-byte text, less than the least credit is unacknowledged`, async (t) => {
    const ends = joined(t);
    const packets = [];
    const sizes = [10, 9_000, 59_000, 70_000, 400_000, 100, 1_500_000, 3];
    for (const size of [...sizes, ...sizes, ...Array(300).fill(5)]) {
      const text = unit.repeat(size);
      const isLong = size > 60_000;
      packets.push((isLong ? 2 : text.length) * (isLong ? 1 : bytes) + (isLong ? size * bytes : 0));
      if (isLong) ends.main.send(PAGE, "[]", [[text]]);
      else ends.main.send(PAGE, text, []);
      const before = packets.length;
      await until(() => ends.down.length === before);
      await sleep(0);
      const open = packets.slice(ends.acknowledged).reduce((sum, size) => sum + size, 0);
      assert.ok(open < LEAST_IN_FLIGHT, `${open} bytes after a packet of ${size}`);
    }
  });
}

test("a world has no more than 1 MiB in flight, and main gets all in order", async (t) => {
  const ends = joined(t);
  await sleep(5);
  const packet = (n) => `${n} `.padEnd(50_000, "x");
  const posts = postsOf(ends.port);
  for (let n = 0; n < 100; n++) ends.world.post(1, packet(n), []);
  // A number is an acknowledgement.
  const sent = posts.filter((message) => typeof message !== "number");
  const posted = sent.reduce((sum, message) => sum + [message].flat()[0].length, 0);
  assert.ok(posted >= MAX_TO_MAIN && posted < MAX_TO_MAIN + 50_000, `${posted}`);
  await until(() => ends.up.length === 100);
  assert.deepEqual(
    ends.up.map(([, packet]) => Number.parseInt(packet, 10)),
    Array.from({ length: 100 }, (_, n) => n),
  );
  assert.deepEqual(ends.refused, []);
});

test("main knows what a world listens to at each packet, whether it was sent or not", async (t) => {
  const ends = joined(t);
  await sleep(5);
  const posts = postsOf(ends.port);
  ends.world.post(3, "[1]", []);
  ends.world.post(3, "[2]", []);
  ends.world.here(7);
  ends.world.post(3, "[3]", []);
  ends.world.post(1, "[4]", [new ArrayBuffer(2)]);
  ends.world.post(1, "[5]", []);
  ends.world.post(0, "", []);
  ends.world.post(0, "", []);
  await until(() => ends.up.length === 8);
  assert.deepEqual(
    ends.up.map(([, packet, lanes]) => [packet, lanes]),
    [
      ["[1]", 3],
      ["[2]", 3],
      ["7", NOTICE_HERE],
      ["[3]", 3],
      ["[4]", 1],
      ["[5]", 1],
      ["", 0],
      ["", 0],
    ],
  );
  const bare = posts.filter((message) => typeof message === "string");
  assert.deepEqual(bare, ["[2]", "[3]", "[5]", ""]);
  assert.deepEqual(ends.refused, []);
});

test("what is sent before main gets a hello waits, and goes once", async (t) => {
  const ends = joined(t, { offered: false });
  ends.world.post(3, "[1]", []);
  ends.offerInVain();
  ends.world.post(3, "[2]", []);
  ends.offerInVain();
  await sleep(5);
  assert.deepEqual([ends.world.isAnswered, ends.up], [false, []]);
  ends.offer();
  await until(() => ends.up.length === 2);
  assert.ok(ends.world.isAnswered);
  assert.deepEqual(
    ends.up.map(([link, packet, lanes]) => [link, packet, lanes]),
    [
      [PAGE, "[1]", 3],
      [PAGE, "[2]", 3],
    ],
  );
});

test("asked, a world says that it is there, with the number of the question", async (t) => {
  const ends = joined(t);
  await sleep(5);
  ends.world.here(2 ** 40);
  ends.world.post(5, "", []);
  ends.world.here(3);
  await until(() => ends.up.length === 3);
  assert.deepEqual(
    ends.up.map(([, packet, lanes]) => [packet, lanes]),
    [
      [String(2 ** 40), NOTICE_HERE],
      ["", 5],
      ["3", NOTICE_HERE],
    ],
  );
});

test("a world whose hello is answered again says anew what it listens to, and sends on", async (t) => {
  const ends = joined(t);
  await sleep(5);
  // On its way to a main that takes the document for gone, more than may be unacknowledged.
  const long = `["${"x".repeat(60_000)}"]`;
  for (let sent = 0; sent < MAX_TO_MAIN; sent += 60_000) ends.world.post(3, long, []);
  ends.world.post(3, "[1]", []);
  ends.offer();
  const newer = () => ends.up.filter(([, packet]) => packet !== long);
  await until(() => newer().length >= 2);
  const [said, waited] = newer();
  assert.deepEqual(said.slice(0, 3), [PAGE, "", 3]);
  assert.deepEqual(waited.slice(0, 3), [PAGE, "[1]", 3]);
  ends.world.post(3, "[2]", []);
  await until(() => newer().length === 3);
  assert.deepEqual(ends.refused, []);
});

test("a world acknowledges a stream by its number, and what is left once nothing comes", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { posted: told, hear } = pageEnd();
  hear(0);
  for (let i = 0; i < ACKNOWLEDGE_COUNT + 3; i++) {
    hear("[]");
    t.mock.timers.tick(ACKNOWLEDGE_IDLE_MS - 1);
  }
  assert.deepEqual(told, [ACKNOWLEDGE_COUNT]);
  for (let i = 0; i < 2; i++) t.mock.timers.tick(ACKNOWLEDGE_IDLE_MS);
  assert.deepEqual(told, [ACKNOWLEDGE_COUNT, ACKNOWLEDGE_COUNT + 3]);
  t.mock.timers.runAll();
  assert.equal(told.length, 2);
});
