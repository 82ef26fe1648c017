/** No page holds main for long, whatever it sends: what is counted here is what a turn of main's event loop does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import {
  MAX_PACKET,
  MAX_UNACKNOWLEDGED,
  MAX_WAITING,
  MAX_WORK,
  MESSAGE_WEIGHT,
  pageCredit,
  WorldTransport,
} from "./bundle.mjs";
import { holdsSoon, Rig } from "./rig.mjs";

const PAGE = 1;

/** Records of main itself in a turn, and those of the message that came last in it. */
const MAX_RECORDS = MAX_WORK / MESSAGE_WEIGHT;
const MAX_TOGETHER = 128;

const request = (id, msg = 0) => `[1,${id},0,${JSON.stringify(msg)}]`;
const requests = (first, count, msg) =>
  `[${Array.from({ length: count }, (_, i) => request(first + i, msg))}]`;

function aCredit() {
  const [hear, admits] = pageCredit();
  return { hear, admits };
}

/** Main with windows A and C, and what its handler got in each turn. */
function aRig(answer = () => "ok") {
  const rig = new Rig({ maxQueueRecords: 100_000 });
  const ports = { A: rig.open("A", 1)[PAGE], C: rig.open("C", 2)[PAGE] };
  const turns = [[]];
  rig.main.handle((event, msg) => {
    turns[turns.length - 1].push(event.windowName);
    return answer(msg);
  });
  const post = (name, data) => ports[name].emit("message", { data });
  const all = () => turns.flat();
  /** Until main has handled so many. */
  const until = async (count) => {
    const isDone = () => all().length >= count;
    for (let n = 0; n < 5_000 && !isDone(); n++) {
      await turn();
      turns.push([]);
    }
    assert.equal(all().length, count);
  };
  return { rig, ports, turns, post, all, until };
}

test("one message of as many requests as fit takes several turns of main", async () => {
  const { turns, post, until } = aRig();
  const count = Math.floor(MAX_PACKET / (request(1000).length + 1)) - 1;
  post("A", requests(1000, count));
  await until(count);
  const most = Math.max(...turns.map(({ length }) => length));
  assert.ok(most <= MAX_RECORDS + MAX_TOGETHER, `${most} of ${count} in one turn`);
});

for (const [how, answer] of [
  ["at once", (msg) => "y".repeat(msg)],
  ["later", async (msg) => "y".repeat(msg)],
]) {
  test(`answers that are long are fewer in a turn, where the handler answers ${how}`, async () => {
    const { turns, post, until } = aRig(answer);
    const length = 30_000;
    for (let n = 0; n < 10; n++) post("A", requests(n * 200, 200, length));
    await until(2_000);
    const most = Math.max(...turns.map(({ length }) => length));
    assert.ok(most <= MAX_WORK / length + 3 * MAX_TOGETHER, `${most} in one turn`);
  });
}

test("messages of every kind, without end, leave other windows their turn", async () => {
  const floods = {
    requests: (n) => `[${request(n)}]`,
    messages: () => '[[2,"C",0,0]]',
    "unknown names": (n) => `[[2,"x${n}",0,0]]`,
    nothing: () => "[]",
    lanes: (n) => ["", n % 8],
    "no packets": (n) => `[[${n}`,
    "no messages": (n) => [n],
    acknowledgements: (n) => n,
    fragments: (n) => ["", 0, [`${n}`.padEnd(1_000)]],
    aborts: (n) => `[[9,${n},0,0]]`,
  };
  for (const [name, make] of Object.entries(floods)) {
    const { rig, ports, post, all } = aRig();
    const weigh = (message) => JSON.stringify(message).length + MESSAGE_WEIGHT;
    let sent = 0;
    let taken = 0;
    ports.A.toPage = (data) => {
      if (typeof data === "number") taken = Math.max(taken, data);
    };
    for (let weight = 0; weight < 1.2 * MAX_UNACKNOWLEDGED; sent++) {
      const message = make(sent);
      weight += weigh(message);
      post("A", message);
    }
    assert.ok(rig.turn.isOver, name);
    post("C", requests(1, 1));
    assert.ok(await holdsSoon(() => all().includes("C"), 3), name);
    assert.ok(taken < sent, `${name}: ${taken} of ${sent} before it`);
  }
});

test("before another window's message at most two of a window that floods are handled, however many records they have", async () => {
  const { post, all, until } = aRig();
  const count = 3_000;
  for (let n = 0; n < 20; n++) post("A", requests(n * count, count));
  post("C", requests(1, 1));
  await until(20 * count + 1);
  const before = all().indexOf("C");
  assert.ok(before <= 2 * count, `${before} before it`);
});

test("what comes after a turn is over is taken in order, and all of it", async () => {
  const got = [];
  const { post, until } = aRig((msg) => got.push(msg));
  for (let n = 0; n < 3_000; n++) post("A", n % 2 ? requests(n, 1, n) : [requests(n, 1, n), 7]);
  await until(3_000);
  const sent = Array.from({ length: 3_000 }, (_, n) => n);
  assert.deepEqual(got, sent);
});

test("a world that has more waiting in main than ours ever have is taken from no more, and is notified", async () => {
  const beyond = {
    "many messages": (post) => {
      for (let n = 0; n < 2 * (MAX_WAITING / MESSAGE_WEIGHT); n++) post("A", "[[");
    },
    acknowledgements: (post) => {
      for (let n = 0; n < (2 * (MAX_WAITING + MAX_WORK)) / MESSAGE_WEIGHT; n++) post("A", n);
    },
    "a long text": (post) => post("A", "x".repeat(MAX_WAITING)),
    "empty texts": (post) => post("A", ["", 0, Array(1e6).fill("")]),
    "empty bytes": (post) => post("A", ["", 0, Array(1e5).fill(new ArrayBuffer(0))]),
    counts: (post) => post("A", ['[[2,"C",1000001,0]]', 0, [], Array(1e6).fill(0)]),
    holes: (post) => post("A", ["", 0, new Array(2 ** 32 - 1)]),
    "long bytes": (post) => post("A", ["", 0, [new ArrayBuffer(MAX_WAITING)]]),
  };
  for (const [name, send] of Object.entries(beyond)) {
    const { rig, ports, post, all } = aRig();
    const told = [];
    ports.A.toPage = (data) => told.push(data);
    send(post);
    assert.ok(ports.A.isClosed, name);
    assert.equal(rig.refused[rig.refused.length - 1].code, "ERR_BAD_PACKET", name);
    post("A", requests(1, 1));
    post("C", requests(1, 1));
    assert.ok(await holdsSoon(() => all().includes("C")), name);
    assert.deepEqual(all(), ["C"], name);
    await turn();
    const last = told.find((data) => Array.isArray(data) && data[0] === "ERR_BAD_PACKET");
    assert.match(last[1], /in flight to main/, name);
  }
});

test("a preload lets through what its page's end of the wire sends, whatever that is and whenever main takes it", () => {
  const step = fc.oneof(
    fc.record({ post: fc.constantFrom(2, 50, 16_000, 60_000, 200_000), bytes: fc.boolean() }),
    fc.record({ take: fc.integer({ min: 1, max: 2_000 }) }),
    fc.record({ down: fc.integer({ min: 1, max: 300 }) }),
    fc.constant({ hello: true }),
  );
  const law = (steps) => {
    const credit = aCredit();
    const world = new WorldTransport();
    const refused = [];
    let hear;
    let [posted, taken] = [0, 0];
    world.join({
      start() {},
      addEventListener: (type, listener) => {
        if (type === "message") hear = (data) => listener({ data });
      },
      postMessage: (message) => {
        if (!credit.admits(message)) refused.push(message);
        else if (typeof message !== "number") posted += 1;
      },
    });
    const down = (data) => {
      credit.hear(data);
      hear(data);
    };
    down(0);
    for (const { post, bytes, take, down: came, hello } of steps) {
      if (hello) {
        [posted, taken] = [0, 0];
        down(0);
      }
      for (let n = 0; n < (post ? 40 : 0); n++) {
        if (bytes) world.post(1, "[]", [new ArrayBuffer(post)]);
        else world.post(1, "x".repeat(Math.min(post, 60_000)), []);
      }
      const before = taken;
      taken = Math.min(posted, taken + (take ?? 0));
      if (taken > before) down(taken);
      for (let n = 0; n < (came ?? 0); n++) down("[]");
    }
    assert.deepEqual(refused, []);
  };
  fc.assert(fc.property(fc.array(step, { maxLength: 30 }), law), { numRuns: 30 });
});

test("a page that sends without end gets so much through and no more, until main takes it", () => {
  for (const message of ["[]", ["", 1], "x".repeat(60_000), ["", 0, Array(4096).fill("")]]) {
    const credit = aCredit();
    const pass = () => {
      let passed = 0;
      for (let n = 0; n < 5_000; n++) passed += credit.admits(message) ? 1 : 0;
      return passed;
    };
    credit.hear(0);
    const passed = pass();
    assert.ok(passed <= MAX_UNACKNOWLEDGED / MESSAGE_WEIGHT, `${passed}`);
    assert.equal(pass(), 0);
    credit.hear(passed);
    assert.equal(pass(), passed);
  }
});

test("a page acknowledges what came, once", () => {
  const credit = aCredit();
  credit.hear(0);
  for (let n = 0; n < 10; n++) credit.hear("[]");
  const admitted = [11, 3, 3, 0, -1, 2, 10, 10, 2 ** 40].filter((taken) => credit.admits(taken));
  assert.deepEqual(admitted, [3, 10]);
});
