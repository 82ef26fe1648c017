import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { itemsOf, Pending } from "./bundle.mjs";

const ids = fc.array(fc.nat({ max: 6 }));

test("what is pending is found by its id until it is removed, as in a Map", () => {
  const law = (toggled) => {
    const pending = new Pending();
    const model = new Map();
    for (const _id of toggled) {
      const known = model.get(_id);
      assert.equal(pending._get(_id), known);
      const item = known ?? { _id };
      if (known) {
        model.delete(_id);
        pending._remove(item);
      } else {
        model.set(_id, item);
        pending._add(item);
      }
      assert.equal(pending._get(_id), model.get(_id));
      assert.deepEqual(new Set(itemsOf(pending)), new Set(model.values()));
    }
  };
  fc.assert(fc.property(ids, law), { numRuns: 500 });
});

test("ids that are used twice at a time, as a page may forge them, leave nothing behind", () => {
  const law = (added) => {
    const pending = new Pending();
    const items = added.map((_id) => ({ _id }));
    for (const item of items) pending._add(item);
    for (const item of items) pending._remove(item);
    assert.deepEqual([...itemsOf(pending)], []);
  };
  fc.assert(fc.property(ids, law), { numRuns: 500 });
});
