import assert from "node:assert/strict";
import { test } from "node:test";
import {
  documentOf,
  isFirstAddress,
  isOfSubframe,
  MAX_DOCUMENT,
  newDocument,
  WORLDS,
  World,
  worldAddressOf,
  worldOf,
} from "./bundle.mjs";

const DOCUMENTS = [0, 1, 2, 3, 4, 7, 2 ** 31, 2 ** 32 + 1, MAX_DOCUMENT - 1, 2 * MAX_DOCUMENT];
const PARTS = DOCUMENTS.flatMap((document) =>
  [false, true].flatMap((isSubframe) =>
    Object.values(World).map((world) => [document, isSubframe, world]),
  ),
);

test("a world's address has the parts that it was composed of, and no two worlds have one address", () => {
  const addresses = PARTS.map((parts) => worldAddressOf(...parts));
  for (const [i, address] of addresses.entries()) {
    assert.deepEqual([documentOf(address), isOfSubframe(address), worldOf(address)], PARTS[i]);
    assert.ok(Number.isSafeInteger(address));
  }
  assert.equal(new Set(addresses).size, PARTS.length);
});

test("a hello names its document by the address of the first world, and nothing else is one", () => {
  for (const [document, isSubframe, world] of PARTS) {
    const address = worldAddressOf(document, isSubframe, world);
    assert.equal(isFirstAddress(address), world === World.Preload);
    assert.equal(worldAddressOf(document, isSubframe), address - world);
  }
  for (const value of [-4, 4.5, 2 ** 53, Number.NaN, "4", [4], null, undefined]) {
    assert.equal(isFirstAddress(value), false, String(value));
  }
});

test("a new document's number is below the bound, and has an address with each of the worlds", () => {
  for (let i = 0; i < 1_000; i++) {
    const document = newDocument();
    assert.ok(Number.isInteger(document) && document >= 0 && document < MAX_DOCUMENT);
  }
  assert.equal(Object.keys(World).length, WORLDS);
});
