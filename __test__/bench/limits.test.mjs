import assert from "node:assert/strict";
import { test } from "node:test";
import { limitsTable, missedLimits, notMeasured } from "../../benches/lib/limits.mjs";
import { rustMeasures } from "../../benches/lib/rust.mjs";

const measure = (value, limit = 50) => ({ id: "it", title: "it", unit: "ms", limit, value });

test("a limit is missed from its value on, and fails the check beyond 15 %", () => {
  for (const [value, word, missed] of [
    [50, "ok", []],
    [57, "missed", []],
    [58, "missed", ["it: 58 ms; the limit is 50"]],
  ]) {
    assert.match(limitsTable([measure(value)]), new RegExp(`${value} +50 +${word}$`));
    assert.deepEqual(missedLimits([measure(value)]), missed);
  }
});

test("a limit of nothing is missed by one", () => {
  assert.deepEqual(missedLimits([measure(0, 0)]), []);
  assert.deepEqual(missedLimits([measure(1, 0)]), ["it: 1 ms; the limit is 0"]);
});

test("a value without a limit, or in a smoke run, is shown and not judged", () => {
  assert.match(limitsTable([measure(99, null)]), /99 +-$/);
  assert.match(limitsTable([measure(99)], { smoke: true }), /99 +-$/);
  assert.deepEqual(missedLimits([measure(99, null)]), []);
});

test("what could not be measured is said, with its reason", () => {
  const failed = { ...measure(undefined), failed: "the page is gone" };
  assert.match(limitsTable([failed]), /failed +50$/);
  assert.deepEqual(notMeasured([failed, measure(1)]), ["it: the page is gone"]);
});

/** As divan 0.1.21 prints it. */
const TIMES = `router                  fastest       │ slowest       │ median        │ mean          │ samples │ iters
├─ drain                38.31 µs      │ 83.08 µs      │ 39.19 µs      │ 40.93 µs      │ 100     │ 100
│                       26.09 Mitem/s │ 12.03 Mitem/s │ 25.51 Mitem/s │ 24.43 Mitem/s │         │
├─ route_packets_of_one                │               │               │               │         │
│  ├─ 10                281 µs        │ 339.2 µs      │ 284 µs        │ 288.4 µs      │ 100     │ 100
│  │                    3.558 Mitem/s │ 2.947 Mitem/s │ 3.522 Mitem/s │ 3.467 Mitem/s │         │
│  ╰─ 10000             279.4 µs      │ 357.1 µs      │ 426 µs        │ 286.5 µs      │ 100     │ 100
│                       3.578 Mitem/s │ 2.799 Mitem/s │ 3.526 Mitem/s │ 3.49 Mitem/s  │         │
├─ route_one_packet                    │               │               │               │         │
│  ├─ 10                153.2 µs      │ 208 µs        │ 1.5 ms        │ 156.7 µs      │ 100     │ 100
│  ╰─ 10000             148.8 µs      │ 220.5 µs      │ 1.5 ms        │ 154.5 µs      │ 100     │ 100
├─ publish                             │               │               │               │         │
│  ├─ (1, 1)            183.7 µs      │ 26.36 ms      │ 190 µs        │ 467.4 µs      │ 100     │ 100
│  ├─ (1, 20)           1.506 ms      │ 17.87 ms      │ 1.71 ms       │ 2.381 ms      │ 100     │ 100
│  ╰─ (1000, 1)         182.8 µs      │ 4.375 ms      │ 209 µs        │ 396.5 µs      │ 100     │ 100
├─ call_service                        │               │               │               │         │
│  ├─ 1                 520 µs        │ 700 µs        │ 540 µs        │ 560 µs        │ 100     │ 100
│  ╰─ 1000              560 µs        │ 760 µs        │ 594 µs        │ 600 µs        │ 100     │ 100
╰─ exchange             75.55 µs      │ 103.4 µs      │ 77.35 µs      │ 78.43 µs      │ 100     │ 100
                        13.23 Mitem/s │ 9.668 Mitem/s │ 12.92 Mitem/s │ 12.74 Mitem/s │         │
`;
const BYTES = "148 bytes a record (Lanes(0))\n149 bytes a record (Lanes(2))\n";

test("the router's figures are the medians of divan's table, and the most bytes", () => {
  const values = rustMeasures(TIMES, BYTES).map(({ id, value }) => [id, value]);
  assert.deepEqual(values, [
    ["route-packets-of-one", 284],
    ["windows-packets-of-one", 1.5],
    ["route-one-packet", 1500],
    ["windows-one-packet", 1],
    ["publish", 190],
    ["topic-names", 1.1],
    ["topic-subscriber", 80],
    ["call-service", 540],
    ["service-names", 1.1],
    ["send", 77.35],
    ["drain", 39.19],
    ["memory", 149],
  ]);
});

test("a figure of the router that is not printed is a failure, not a goal that is met", () => {
  const measures = rustMeasures("", "");
  assert.equal(notMeasured(measures).length, measures.length);
});
