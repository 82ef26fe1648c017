/**
 * What has hidden state is refused with its class, and what to send in its place; never is it
 * delivered as an empty object where it is none.
 */
import assert from "node:assert/strict";
import { Blob } from "node:buffer";
import { createHash, createSecretKey, webcrypto } from "node:crypto";
import { EventEmitter } from "node:events";
import { statSync } from "node:fs";
import { BlockList } from "node:net";
import { ReadableStream } from "node:stream/web";
import { test } from "node:test";
import vm from "node:vm";
import { encode, send } from "./codec.mjs";

const proxyOf = (value) => new Proxy(value, {});
const genuine = "toRaw(it)";

/** `[value, what it is, what to send in its place]` */
const REFUSED = [
  [new Blob(["x"]), "a Blob", "await it.arrayBuffer()"],
  [new Response("x"), "a Response", "await it.arrayBuffer()"],
  [new Request("http://a/"), "a Request", "await it.arrayBuffer()"],
  [new Headers(), "a Headers", "[...it]"],
  [new FormData(), "a FormData", "[...it]"],
  [new URL("http://a/"), "a URL", "String(it)"],
  [new URLSearchParams("a=1"), "a URLSearchParams", "[...it]"],
  [new AbortController().signal, "an AbortSignal"],
  [new AbortController(), "an AbortController"],
  [new ReadableStream(), "a ReadableStream"],
  [createSecretKey(Buffer.from("0123456789abcdef")), "a SecretKeyObject"],
  [webcrypto, "a Crypto"],
  [new BlockList(), "a BlockList"],
  [new Event("x"), "an Event"],
  [new EventTarget(), "an EventTarget"],
  [new TextDecoder(), "a TextDecoder"],
  [new Intl.NumberFormat(), "a NumberFormat"],
  [new WebAssembly.Memory({ initial: 0 }), "a Memory"],
  [new MessageChannel(), "a MessageChannel"],
  [Promise.resolve(1), "a Promise", "await it"],
  [new Map().values(), "a Map Iterator", "[...it]"],
  [proxyOf(new Date(5)), "not a genuine Date", genuine],
  [proxyOf(/a/), "not a genuine RegExp", genuine],
  [proxyOf(new Number(3)), "not a genuine Number", genuine],
  [proxyOf(new String("s")), "not a genuine String", genuine],
  [proxyOf(new Map()), "not a genuine Map", genuine],
  [proxyOf(new Set()), "not a genuine Set", genuine],
  [proxyOf(new ArrayBuffer(3)), "not a genuine ArrayBuffer", genuine],
  [proxyOf(new Uint8Array(3)), "not a genuine Uint8Array", genuine],
  [proxyOf(new DataView(new ArrayBuffer(1))), "not a genuine DataView", genuine],
  [proxyOf(proxyOf(new Date(5))), "not a genuine Date", genuine],
  [proxyOf(Promise.resolve(1)), "a Promise"],
];

for (const [value, what, way] of REFUSED) {
  test(`what has hidden state is rejected, and the way out said: ${what}`, () => {
    for (const [given, place] of [
      [value, "msg"],
      [[{ value }], "msg[0].value"],
      [new Map([["k", value]]), 'msg.get("k")'],
    ]) {
      assert.throws(
        () => encode(given, "msg"),
        ({ code, message }) => {
          assert.equal(code, "ERR_NOT_CLONEABLE");
          const start = `electron-switchyard: ${place} is ${what} and cannot be sent`;
          assert.ok(message.startsWith(start), message);
          if (way) assert.equal(message, `${start}; send ${way}`);
          return true;
        },
      );
    }
  });
}

test("what would be rejected by structured clone is never an empty object", () => {
  for (const [value] of REFUSED) assert.throws(() => send(value), { code: "ERR_NOT_CLONEABLE" });
});

class Money {
  #cents = 5;
  currency = "EUR";
  get cents() {
    return this.#cents;
  }
}
class Emitter extends EventEmitter {
  n = 1;
}
class Target extends EventTarget {
  n = 1;
}
class Hidden {
  #secret = 1;
  tell() {
    return this.#secret;
  }
}

test("instances of an app's classes, and data of Node's, arrive as structured clone has them", () => {
  for (const value of [
    new Money(),
    new Emitter(),
    new Target(),
    new Hidden(),
    statSync("."),
    createHash("sha256"),
    Object.create({ inherited: 1 }),
    Object.create(null),
    Object.create(Object.create(null)),
    vm.runInNewContext("class Of { x = 1 }; new Of()"),
    Math,
  ]) {
    assert.deepEqual(send(value), structuredClone(value));
  }
  assert.equal(send(process.env).PATH, process.env.PATH);
  assert.deepEqual(send(proxyOf({ a: proxyOf([1]) })), { a: [1] });
});

test("a proxy of an error, and an error of the old kind, arrive as errors", () => {
  const got = send(proxyOf(new RangeError("far")));
  assert.ok(got instanceof RangeError);
  assert.equal(got.message, "far");
  function OldError() {
    this.message = "old";
    this.detail = 5;
  }
  OldError.prototype = Object.create(Error.prototype, {
    constructor: { value: OldError },
    name: { value: "OldError" },
  });
  const old = send(new OldError());
  assert.deepEqual([old.name, old.message, old.detail], ["OldError", "old", 5]);
});
