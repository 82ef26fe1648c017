import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";

const { percentile } = createRequire(import.meta.url)("../../benches/app/pressure/lag.js");

test("a percentile is the least value that so many percent do not exceed", () => {
  const values = Array.from({ length: 200 }, (_, i) => 200 - i);
  assert.equal(percentile(values, 50), 100);
  assert.equal(percentile(values, 99), 198);
  assert.equal(percentile(values, 100), 200);
  assert.equal(percentile([7], 99), 7);
  assert.equal(percentile([], 99), undefined);
});
