import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Batches, Lane } from "./bundle.mjs";
import { Pair } from "./pair.mjs";

/** As if there were no batches: all that main sends goes to the router by itself, and at once. */
class Alone extends Batches {
  send(windowName, msg, named) {
    this._sendAlone(windowName, msg, named);
    return false;
  }

  call(...args) {
    super.call(...args);
    this._forget();
  }

  cancel(...args) {
    super.cancel(...args);
    this._forget();
  }

  answer(answer) {
    super.answer(answer);
    this._forget();
  }
}

const NAMES = ["a", "b", "nobody"];
const name = fc.constantFrom(...NAMES);
const size = fc.oneof(fc.nat(30), fc.integer({ min: 20_000, max: 70_000 }));
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("send"), to: name, size }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("bytes"), to: name, size }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("call"), to: name, size }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("close", "unname"), to: name }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("listen", "answer"), to: name }) },
  { weight: 1, arbitrary: fc.constant({ do: "stats" }) },
);
/** What pages ask main in a turn; main tells them something before and after it answers. */
const ask = fc.record({ do: fc.constant("ask"), to: name, size });
const turns = fc.array(fc.array(fc.oneof({ weight: 3, arbitrary: step }, ask), { maxLength: 12 }), {
  maxLength: 5,
});
const limits = fc.record({
  maxQueueRecords: fc.constantFrom(1, 3, 100_000),
  maxQueueBytes: fc.constantFrom(65_536, 131_072, 268_435_456),
  overflow: fc.constantFrom("reject", "drop-oldest", "drop-newest"),
});

/** The first answer leaves no room for what the second handler tells the page. */
const ANSWER_FILLS = [
  { maxQueueRecords: 100_000, maxQueueBytes: 65_536, overflow: "reject" },
  [
    [
      { do: "ask", to: "a", size: 20_000 },
      { do: "send", to: "a", size: 45_406 },
      { do: "ask", to: "a", size: 20_000 },
    ],
  ],
];

/** All that each of those concerned notices of a history, in order. */
async function played(limits, turns, BatchesClass) {
  const pair = new Pair({ limits, handlerWaitMs: 3_000, Batches: BatchesClass });
  const { main } = pair;
  const noticed = {};
  const note = (who, ...what) => {
    noticed[who] ??= [];
    noticed[who].push(JSON.stringify(what).slice(0, 500));
  };
  const pages = { a: pair.open("a"), b: pair.open("b") };
  const attempt = (what, act) => {
    try {
      act();
    } catch ({ code, message }) {
      note(what, code, message);
    }
  };
  const settled = (who, promise) =>
    promise.then(
      (value) => note(who, value),
      ({ code, message, reason }) => note(who, code, message, reason),
    );
  // The reports of a turn come in no certain order.
  const reports = [];
  main.onUndeliverable((report) => reports.push(JSON.stringify(report)));
  main.handle(({ page }, { size, n }) => {
    // The first of a turn goes by itself.
    for (const part of "abc") attempt("tell", () => main.send(page.name, `before ${n}${part}`));
    setImmediate(() => attempt("tell", () => main.send(page.name, `after ${n}`)));
    return `${n}`.padEnd(size, "x");
  });
  const value = (n, size) => `${n} `.padEnd(size, "y");
  const acts = {
    send: ({ to, size }, n) => main.send(to, value(n, size)),
    bytes: ({ to, size }) => main.send(to, new Uint8Array(size)),
    call: ({ to, size }, n) => settled(`called ${n}`, main.call(to, value(n, size), {})),
    ask: ({ to, size }, n) => settled(to, pages[to].request({ size, n })),
    listen: ({ to }) => pages[to].on(Lane.FromMain, (_, msg) => note(to, "hears", msg)),
    answer: ({ to }) => pages[to].handle((_, msg) => msg),
    unname: ({ to }) => pair.unregister(to),
    close: ({ to }) => pair.close(pages[to]),
    stats: () => note("stats", main.stats()),
  };
  for (const [t, turn] of turns.entries()) {
    turn.forEach((step, s) => {
      const needsPage = ["ask", "listen", "answer", "close"].includes(step.do);
      if (needsPage && !pages[step.to]) return;
      attempt(step.do, () => acts[step.do](step, 100 * t + s));
      if (step.do === "close") pages[step.to] = undefined;
    });
    await pair.quiet();
    note("main", main.stats(), reports.splice(0).sort());
  }
  return noticed;
}

test("nobody notices that main's messages and answers go in batches", async () => {
  const law = async (limits, turns) => {
    const wanted = await played(limits, turns, Alone);
    assert.deepEqual(await played(limits, turns, Batches), wanted);
  };
  await fc.assert(fc.asyncProperty(limits, turns, law), { numRuns: 150, examples: [ANSWER_FILLS] });
});

/** The calls of a router that have to do with sending, as they come. */
function callsOf(pair) {
  const calls = [];
  const note = (owner, method) => {
    const original = owner[method].bind(owner);
    owner[method] = (...args) => {
      calls.push(method);
      return original(...args);
    };
  };
  note(pair.batches._router, "lease");
  note(pair.batches, "_exchange");
  return calls;
}

test("a turn's messages to any number of windows go to the router at once", async () => {
  const pair = new Pair();
  const names = ["a", "b", "c"];
  for (const name of names) pair.open(name);
  await pair.quiet();
  const calls = callsOf(pair);
  for (let n = 0; n < 1000; n++) for (const name of names) pair.main.send(name, n);
  await pair.quiet();
  assert.deepEqual(calls.slice(0, 4), ["lease", "lease", "lease", "_exchange"]);
});

test("a stream of messages asks for no lease, whatever others send", async () => {
  const pair = new Pair();
  pair.open("a").on(Lane.FromMain, () => undefined);
  const other = pair.open("b");
  await pair.quiet();
  const stream = async () => {
    for (let n = 0; n < 10; n++) {
      for (const each of [n, -n]) pair.main.send("a", each);
      for (const each of [n, -n]) other.send("a", each);
      await pair.quiet();
    }
  };
  await stream();
  const calls = callsOf(pair);
  await stream();
  assert.deepEqual([...new Set(calls)], ["_exchange"]);
});

test("at a full queue each message goes alone, and its error is its own", async () => {
  const pair = new Pair({ limits: { maxQueueRecords: 2 } });
  pair.open("a");
  await pair.quiet();
  const calls = callsOf(pair);
  pair.main.send("a", 1);
  pair.main.send("a", 2);
  for (const n of [3, 4]) assert.throws(() => pair.main.send("a", n), { code: "ERR_QUEUE_FULL" });
  // The two that are let in, and each of the others.
  assert.deepEqual(calls, ["lease", "_exchange", "lease", "_exchange", "_exchange"]);
});
