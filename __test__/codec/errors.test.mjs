import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { send } from "./codec.mjs";

test("an error of a standard class arrives with its class, message and stack", () => {
  for (const Class of [
    Error,
    EvalError,
    RangeError,
    ReferenceError,
    SyntaxError,
    TypeError,
    URIError,
  ]) {
    const error = new Class("why");
    const got = send(error);
    assert.deepStrictEqual(got, structuredClone(error));
    assert.equal(Object.getPrototypeOf(got), Class.prototype);
    assert.equal(Object.prototype.toString.call(got), "[object Error]");
    assert.equal(got.stack, error.stack);
    assert.deepEqual(Object.keys(got), []);
  }
});

test("an error of another class arrives as an Error of that name", () => {
  class Own extends RangeError {
    name = "OwnError";
  }
  const got = send(new Own("why"));
  assert.equal(Object.getPrototypeOf(got), Error.prototype);
  assert.equal(got.name, "OwnError");
  assert.equal(got.message, "why");
  class Silent extends RangeError {}
  assert.equal(Object.getPrototypeOf(send(new Silent("why"))), RangeError.prototype);
});

test("a class that somebody wrote is no standard class, even if it is global", () => {
  class HomeError extends Error {
    name = "HomeError";
  }
  globalThis.HomeError = HomeError;
  globalThis.DataError = { prototype: {} };
  try {
    for (const name of ["HomeError", "DataError", "NoSuchError", "Error", "DOMException"]) {
      const got = send(Object.assign(new Error("why"), { name }));
      assert.equal(Object.getPrototypeOf(got), Error.prototype);
      assert.equal(got.name, name);
    }
  } finally {
    delete globalThis.HomeError;
    delete globalThis.DataError;
  }
});

test("an error keeps its code, cause, errors and own enumerable properties", async () => {
  const missing = await readFile("/no such").catch((error) => error);
  const { code, errno, syscall, path } = send(missing);
  assert.deepEqual([code, errno, syscall, path], ["ENOENT", missing.errno, "open", "/no such"]);
  const inner = new TypeError("inner", { cause: { deep: 1n } });
  const outer = new AggregateError([inner, 2], "outer", { cause: inner });
  outer.self = outer;
  const got = send(outer);
  assert.ok(got instanceof AggregateError);
  assert.equal(got.self, got);
  assert.equal(got.cause, got.errors[0]);
  assert.deepEqual(got.cause.cause, { deep: 1n });
  assert.deepEqual(got.errors[1], 2);
  assert.deepEqual(Object.keys(got), ["self"]);
});

test("what of an error cannot be sent is left out, without a trace", () => {
  const shared = { a: 1 };
  const dropped = [shared, new Uint8Array(3), [[]], () => {}];
  const error = Object.assign(new Error("why"), { dropped, kept: shared, f() {} });
  const got = send([error, shared, new Uint8Array([7])]);
  assert.deepEqual(Object.keys(got[0]), ["kept"]);
  assert.equal(got[0].kept, got[1]);
  assert.deepEqual(got[2], new Uint8Array([7]));
});

test("an error without a message or stack has none on arrival", () => {
  const error = new Error();
  delete error.stack;
  const got = send(error);
  assert.equal(Object.hasOwn(got, "message"), false);
  assert.equal(got.stack, undefined);
});

test("a DOMException arrives as an Error of its name", () => {
  const got = send(new DOMException("stop", "AbortError"));
  assert.ok(got instanceof Error);
  assert.deepEqual([got.name, got.message, got.code], ["AbortError", "stop", 20]);
});

test("an error's own __proto__ is a member", () => {
  const error = new Error("why");
  Object.defineProperty(error, "__proto__", { value: { bad: 1 }, enumerable: true });
  const got = send(error);
  assert.equal(Object.getPrototypeOf(got), Error.prototype);
  assert.deepEqual(Object.keys(got), ["__proto__"]);
});
