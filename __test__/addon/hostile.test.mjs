import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { Router, routePacket, routerWithWindow, send, statsOf } from "./addon.mjs";

const METHODS = Object.getOwnPropertyNames(Router.prototype).filter(
  (name) => name !== "constructor",
);

/** The functions that every message takes, in the order in which the router returns them. */
const FUNCTIONS = ["exchange", "admitRequest", "admitAnswer", "admitMessage", "acknowledge"];

const packetText = fc
  .array(
    fc.oneof(
      fc.tuple(fc.constantFrom(1, 2, 3, 9), fc.nat(3), fc.nat(2), fc.jsonValue({ maxDepth: 1 })),
      fc.tuple(fc.constant(7), fc.tuple(fc.nat(3), fc.constant("work")), fc.nat(2), fc.nat()),
      fc.tuple(fc.constant(8), fc.tuple(fc.nat(9), fc.nat(2)), fc.nat(2), fc.nat()),
      fc.tuple(fc.constant(2), fc.constantFrom("work", "x"), fc.nat(2), fc.nat()),
      fc.jsonValue({ maxDepth: 2 }),
    ),
    { maxLength: 3 },
  )
  .map((records) => JSON.stringify(records));

const junk = fc.oneof(
  fc.constantFrom(undefined, null, true, false, 0, 1, 2, -1, 0.5, Number.NaN, Infinity, 2 ** 53),
  fc.constantFrom("", "work", "x", "[]", "{}", '{"maxQueueRecords":1}', "\ud800", "__proto__"),
  fc.integer(),
  fc.double(),
  fc.bigInt(),
  fc.string({ unit: "binary" }),
  packetText,
  fc.array(fc.nat(5), { maxLength: 3 }),
  fc.anything({ maxDepth: 2, withBigInt: true, withDate: true, withTypedArray: true }),
  fc.constantFrom(Symbol("s"), () => 1, new Proxy({}, {}), new Proxy([], {})),
);

const linePart = fc.oneof(
  fc.nat(5).map(String),
  fc.constantFrom('"work"', "", "-1", "x"),
  fc.json(),
);
const linesText = fc
  .array(
    fc.tuple(
      fc.constantFrom(">", "!", "?", "=", "-", "@", "~", ""),
      fc.array(linePart, { maxLength: 5 }),
    ),
    { maxLength: 8 },
  )
  .map((lines) => lines.map(([mark, parts]) => mark + parts.join(",")).join("\n"));

/** Junk that a method's checks of types would let through more often. */
const likely = {
  nameWindow: [fc.constantFrom("a", "b", "work"), fc.nat(4)],
  unnameWindow: [fc.constantFrom("a", "b", "work")],
  closeWindow: [fc.nat(8)],
  connect: [fc.nat(8), fc.nat(50), fc.constantFrom(undefined, null, "https://example.com")],
  endDocument: [fc.nat(8), fc.nat(12), fc.boolean()],
  pauseWindow: [fc.nat(8), fc.boolean()],
  listenMain: [fc.boolean()],
  setLimits: [fc.json({ maxDepth: 1 })],
  lease: [fc.constantFrom("work", "a")],
  dropUnhandledRequests: [fc.nat(9), fc.nat()],
  exchange: [fc.nat(100_000), linesText, fc.nat(4), fc.nat(255), packetText],
  admitRequest: [fc.nat(4), fc.nat(7), fc.nat(9), fc.nat(), fc.nat(5)],
  admitAnswer: [fc.nat(4), fc.nat(9), fc.nat()],
  admitMessage: [fc.nat(4), fc.nat(7), fc.nat(4), fc.nat(), fc.nat(5)],
  acknowledge: [fc.nat(4), fc.nat(3)],
};

const call = fc.constantFrom(...METHODS, ...FUNCTIONS).chain((name) => {
  const args = fc.oneof(
    fc.array(junk, { maxLength: 8 }),
    fc.tuple(...(likely[name] ?? [])),
    fc.tuple(...(likely[name] ?? []).map((each) => fc.oneof({ weight: 5, arbitrary: each }, junk))),
  );
  return fc.tuple(fc.constant(name), args);
});

function assertAddsUp(counts) {
  const { accepted, delivered, queued, dropped } = counts;
  assert.equal(accepted, delivered + queued + dropped, JSON.stringify(counts));
}

test("whatever is called with whatever, a call returns or throws an Error, and the counters add up", () => {
  fc.assert(
    fc.property(fc.array(call, { minLength: 1, maxLength: 40 }), (calls) => {
      const { router } = routerWithWindow(3);
      const functions = router.messageFunctions();
      for (const [name, args] of calls) {
        try {
          const at = FUNCTIONS.indexOf(name);
          if (at < 0) router[name](...args);
          else functions[at](...args);
        } catch (error) {
          assert.ok(error instanceof Error, String(error));
          assert.equal(/panic/i.test(error.message), false, `${name}: ${error.message}`);
        }
        assertAddsUp(statsOf(router).total);
      }
    }),
    { numRuns: 600 },
  );
});

test("a constructor with junk arguments makes a router all the same", () => {
  fc.assert(
    fc.property(fc.array(junk, { maxLength: 3 }), (args) => {
      assert.deepEqual(new Router(...args).names(), []);
    }),
    { numRuns: 100 },
  );
});

test("Router without new harms nobody", () => {
  const { router } = routerWithWindow();
  try {
    Router();
  } catch (error) {
    assert.ok(error instanceof Error);
  }
  assert.deepEqual(router.names(), ["work"]);
});

test("a packet nested 100,000 levels deep is no worse than an error", () => {
  const { router, endpoint } = routerWithWindow();
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  routePacket(router, endpoint, 0, `[[2,"work",0,${deep}]]`);
  assert.throws(() => routePacket(router, endpoint, 0, deep), {
    code: "ERR_BAD_PACKET",
  });
  assert.throws(() => router.setLimits(deep), { code: "ERR_INVALID_OPTION" });
});

test("routers that nobody holds are collected, with all that waits in them", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  const weak = [];
  const before = process.memoryUsage().rss;
  for (let i = 0; i < 60; i++) {
    const { router } = routerWithWindow();
    send(router, "work", 0, JSON.stringify("x".repeat(4 << 20)));
    weak.push(new WeakRef(router));
    await turn();
    collect();
  }
  await turn();
  collect();
  await turn();
  assert.ok(weak.filter((ref) => ref.deref() !== undefined).length <= 1);
  const grown = (process.memoryUsage().rss - before) / (1 << 20);
  // Half of it leaves room for what the allocators keep for themselves.
  assert.ok(grown < 120, `grew by ${grown} MB of the 240 MB that waited`);
});
