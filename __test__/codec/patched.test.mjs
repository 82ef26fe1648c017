/** What a page's scripts put in the place of the language's own functions changes no value. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, encode, joined, json } from "./codec.mjs";

const { slice } = Uint8Array.prototype;

test("bytes are copied, whatever a page's `slice` does", () => {
  const bytes = new Uint8Array([1, 2, 3]);
  Uint8Array.prototype.slice = function (from, to) {
    return this.subarray(from, to);
  };
  try {
    for (const value of [bytes, [bytes.subarray(1)], { long: new Uint8Array(70_000).fill(7) }]) {
      const { form, text, attachments } = encode(value, "msg");
      const got = decode(form, JSON.parse(text), joined(attachments));
      assert.deepEqual(got, structuredClone(value));
    }
    const { attachments } = encode(bytes, "msg");
    assert.notEqual(attachments[0], bytes.buffer);
  } finally {
    Uint8Array.prototype.slice = slice;
  }
});

test("a long text is parsed by the JSON.parse that the bridge brought", () => {
  const value = ["2020-01-01T00:00:00.000Z", ...new Array(5_000).fill("some text")];
  const { form, text, attachments } = encode(value, "msg");
  const { parse } = JSON;
  const payload = parse(text);
  JSON.parse = () => "replaced";
  try {
    assert.deepEqual(decode(form, payload, joined(attachments)), value);
    json.parse = () => ["of the bridge"];
    assert.deepEqual(decode(form, payload, joined(attachments)), ["of the bridge"]);
  } finally {
    JSON.parse = parse;
    json.parse = parse;
  }
});
