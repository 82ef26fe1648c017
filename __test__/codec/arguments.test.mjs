// The arguments of a call are sent as the same array is as a message; most of them take a shorter way.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decode, encode, encodeArguments, joined } from "./codec.mjs";

const read = ({ form, text, attachments }) => decode(form, JSON.parse(text), joined(attachments));

const value = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});

test("whatever the arguments are, their text is that of the same array as a message", () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 3 }), (args) => {
      const [one, other] = [encodeArguments([...args]), encode([...args], "args")];
      assert.deepEqual([one.form, one.text], [other.form, other.text]);
      assert.deepEqual(read(one), read(other));
    }),
  );
});

test("an argument that is part of itself, or is given twice, arrives so", () => {
  const self = { name: "x", list: [] };
  self.list.push(self);
  const [only] = read(encodeArguments([self]));
  assert.equal(only.list[0], only);
  const [first, second] = read(encodeArguments([self, self]));
  assert.equal(first, second);
  assert.equal(first.list[0], first);
});

test("each getter of an argument is called once, whatever stands beside it", () => {
  for (const beside of [1, { deep: [] }, undefined]) {
    let calls = 0;
    const argument = {
      get value() {
        return ++calls;
      },
      beside,
    };
    assert.deepEqual(read(encodeArguments([argument])), [{ value: 1, beside }]);
    assert.equal(calls, 1);
  }
});

test("a toJSON of a prototype changes no argument", () => {
  for (const prototype of [Object.prototype, Array.prototype]) {
    prototype.toJSON = () => "changed";
    try {
      for (const args of [[], [1, "a"], [{ a: 1 }], [{ a: [1] }], [[1]]]) {
        const { form, text } = encodeArguments(args);
        delete prototype.toJSON;
        assert.deepEqual(decode(form, JSON.parse(text), []), args);
        prototype.toJSON = () => "changed";
      }
    } finally {
      delete prototype.toJSON;
    }
  }
});
