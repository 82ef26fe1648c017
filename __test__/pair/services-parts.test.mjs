// What both ends of services have in common, without a router.
import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { test } from "node:test";
import { inspect } from "node:util";
import { clientOf, decode, encode, Served } from "./bundle.mjs";

/** A client that keeps what it sends. */
function client(service = "files") {
  const sent = [];
  const files = clientOf(0, service, (address, args, title) => {
    sent.push([address, decode(args.form, JSON.parse(args.text), args.attachments), title]);
    return Promise.resolve(sent.length);
  });
  return { files, sent };
}

function served() {
  const changes = [];
  const services = new Served((service, isServed) => changes.push([service, isServed]));
  const call = async (method, ...args) => services.handlerOf("s", method)({ from: "a" }, args);
  return { services, changes, call };
}

test("a client's method is a function that calls at once, the same function each time", async () => {
  const { files, sent } = client();
  const { read } = files;
  assert.equal(read, files.read);
  const answer = read("/etc/hosts", 5);
  assert.deepEqual(sent, [['0,"files","read"', ["/etc/hosts", 5], "files.read"]]);
  assert.equal(await answer, 1);
});

test("a client is frozen, and nothing that tools read of any object is a method", async () => {
  const { files, sent } = client();
  assert.ok(Object.isFrozen(files));
  assert.throws(() => {
    files.read = 1;
  }, TypeError);
  assert.equal(await files, files);
  for (const key of ["then", "toJSON", "asymmetricMatch", "__v_raw", "__v_isRef", "__proto__"]) {
    assert.equal(files[key], undefined, key);
  }
  for (const key of [Symbol.iterator, Symbol.toPrimitive, Symbol.asyncIterator]) {
    assert.equal(files[key], undefined);
  }
  assert.equal(JSON.stringify({ files }), '{"files":{}}');
  assert.deepEqual(files, files);
  assert.equal("read" in files, false);
  assert.deepEqual(Object.keys(files), []);
  assert.match(inspect(files), /\[Client\]/);
  assert.throws(() => structuredClone(files), { name: "DataCloneError" });
  assert.throws(() => encode({ files }, "msg"), {
    code: "ERR_NOT_CLONEABLE",
    message: "electron-switchyard: msg.files is a Client and cannot be sent",
  });
  assert.deepEqual(sent, []);
});

test("a value that cannot be sent is named with its place among the arguments", async () => {
  const { files, sent } = client();
  const f = () => undefined;
  const rows = [
    [
      [1, { items: [1, 2, 3, f] }],
      "electron-switchyard: files.read argument 2: .items[3] is a function and cannot be sent",
    ],
    [[f], "electron-switchyard: files.read argument 1 is a function and cannot be sent"],
    [
      [1, 2, [f]],
      "electron-switchyard: files.read argument 3: [0] is a function and cannot be sent",
    ],
    [
      [new Set([f])],
      "electron-switchyard: files.read argument 1: [...it][0] is a function and cannot be sent",
    ],
    [
      [{ a: new Map([["k", f]]) }],
      'electron-switchyard: files.read argument 1: .a.get("k") is a function and cannot be sent',
    ],
    [
      [{ "args[7]": f }],
      'electron-switchyard: files.read argument 1: ["args[7]"] is a function and cannot be sent',
    ],
    [
      [Promise.resolve(1)],
      "electron-switchyard: files.read argument 1 is a Promise and cannot be sent; send await it",
    ],
  ];
  for (const [args, message] of rows) {
    await assert.rejects(files.read(...args), {
      code: "ERR_NOT_CLONEABLE",
      name: "DataCloneError",
      message,
    });
  }
  let deep = [];
  for (let i = 0; i < 2_000; i++) deep = [deep];
  await assert.rejects(
    files.read(deep),
    /^DataCloneError: electron-switchyard: files\.read arguments is nested/,
  );
  const thrown = new Error("the getter's own");
  const bad = {
    get value() {
      throw thrown;
    },
  };
  await assert.rejects(files.read(bad), (error) => error === thrown);
  assert.deepEqual(sent, []);
});

test("arguments are those of the call: later changes are not seen, undefined stays", () => {
  const { files, sent } = client();
  const list = [1];
  files.read(list, undefined);
  files.read(undefined, undefined);
  files.read();
  list.push(2);
  assert.deepEqual(
    sent.map(([, args]) => args),
    [[[1], undefined], [undefined, undefined], []],
  );
});

test("a method's name that is too long is an error of the call", async () => {
  const { files } = client();
  await assert.rejects(files["é".repeat(513)](), { code: "ERR_INVALID_OPTION" });
  await files["é".repeat(512)]();
});

test("what an object or its classes define can be called, and `this` is the object", async () => {
  class Base {
    greet() {
      return `base ${this.name}`;
    }
    hidden() {}
  }
  class Files extends Base {
    #own = 7;
    name = "files";
    hidden = undefined;
    field = () => this.#own;
    read(path, ...rest) {
      return [this.#own, path, rest.length];
    }
    async later() {
      return this.name;
    }
    _private() {}
    static all() {}
    get getter() {
      throw new Error("a getter was called");
    }
  }
  const { services, call } = served();
  services.serve("s", new Files());
  assert.deepEqual(await call("read", "x", undefined), [7, "x", 1]);
  assert.equal(await call("greet"), "base files");
  assert.equal(await call("later"), "files");
  assert.equal(await call("field"), 7);
  for (const name of ["_private", "getter", "hidden", "constructor", "all", "name"]) {
    await assert.rejects(call(name), { code: "ERR_NO_METHOD" }, name);
  }
  await assert.rejects(call("raed"), {
    message:
      'electron-switchyard: service "s" has no method "raed": it has "field", "read", "later", "greet"',
  });
});

test("nothing that JavaScript or Node brings can be called", async () => {
  class List extends Array {
    total() {
      return this.length;
    }
  }
  class Emitter extends EventEmitter {
    go() {
      return "went";
    }
  }
  const { services, call } = served();
  const rows = [
    [{ read() {} }, Object.prototype],
    [Object.assign(Object.create(null), { read() {} }), Object.prototype],
    [new List(1, 2), Array.prototype],
    [new Emitter(), EventEmitter.prototype],
    [
      new (class extends Map {
        a() {}
      })(),
      Map.prototype,
    ],
    [
      new (class extends EventTarget {
        a() {}
      })(),
      EventTarget.prototype,
    ],
    [() => ({ read() {} }), Function.prototype],
  ];
  for (const [implementation, prototype] of rows) {
    services.serve("s", implementation);
    for (const name of [...Object.getOwnPropertyNames(prototype), "__proto__", "constructor"]) {
      await assert.rejects(call(name), { code: "ERR_NO_METHOD" }, name);
    }
  }
  services.serve("s", new List(1, 2));
  assert.equal(await call("total"), 2);
  services.serve("s", new Emitter());
  assert.equal(await call("go"), "went");
});

test("an object's own method may have a name of Object's, and a bound function is one", async () => {
  const { services, call } = served();
  const own = { toString: () => "mine", bound: Math.max.bind(null, 5) };
  services.serve("s", own);
  assert.equal(await call("toString"), "mine");
  assert.equal(await call("bound", 3), 5);
});

test("a module can be served, also as bundlers write its exports", async () => {
  const bundled = {};
  Object.defineProperty(bundled, "read", { get: () => () => "bundled", enumerable: true });
  const { services, call } = served();
  services.serve("s", bundled);
  assert.equal(await call("read"), "bundled");
  services.serve("s", await import("data:text/javascript,export const read = () => 'module'"));
  assert.equal(await call("read"), "module");
});

test("a function of the event gives the methods of one call", async () => {
  const { services, call } = served();
  services.serve("s", (event) => ({ who: () => event.from }));
  assert.equal(await call("who"), "a");
  services.serve("s", () => undefined);
  await assert.rejects(call("who"), {
    code: "ERR_NO_METHOD",
    message:
      'electron-switchyard: service "s" has no method "who": its function returned undefined',
  });
  services.serve("s", () => {
    throw new RangeError("not today");
  });
  await assert.rejects(call("who"), { name: "RangeError", message: "not today" });
});

test("a second serve replaces the first: calls at work go on, and the earlier Undo does nothing", async () => {
  const { services, changes, call } = served();
  let finish;
  const first = {
    read: () =>
      new Promise((resolve) => {
        finish = () => resolve("first");
      }),
  };
  const undoFirst = services.serve("s", first);
  const atWork = call("read");
  await null;
  const undoSecond = services.serve("s", { read: () => "second" });
  assert.equal(await call("read"), "second");
  finish();
  assert.equal(await atWork, "first");
  undoFirst();
  assert.equal(await call("read"), "second");
  assert.deepEqual(changes, [["s", true]]);
  undoSecond();
  undoSecond();
  assert.deepEqual(changes, [
    ["s", true],
    ["s", false],
  ]);
  assert.equal(services.handlerOf("s", "read"), undefined);
  services.serve("s", first);
  undoSecond();
  assert.equal(changes.length, 3);
});

test("the same implementation twice is two serves", () => {
  const { services, changes } = served();
  const implementation = { read() {} };
  const undo = services.serve("s", implementation);
  services.serve("s", implementation);
  undo();
  assert.deepEqual(changes, [["s", true]]);
});

test("a wrong name or implementation is an error that says what it is, and changes nothing", () => {
  const { services, changes } = served();
  for (const name of [undefined, null, 5, "", {}, Symbol("s")]) {
    assert.throws(() => services.serve(name, { read() {} }), {
      code: "ERR_INVALID_ARG_TYPE",
      message: /^electron-switchyard: serve: service must be a non-empty string, and is /,
    });
  }
  assert.throws(() => services.serve("é".repeat(513), { read() {} }), {
    code: "ERR_INVALID_OPTION",
  });
  class Files {
    read() {}
  }
  const wrong = [
    undefined,
    null,
    5,
    "x",
    {},
    [],
    Files,
    { a: 1 },
    { _a() {} },
    new Map(),
    Promise.resolve(),
  ];
  for (const implementation of wrong) {
    assert.throws(() => services.serve("s", implementation), {
      code: "ERR_INVALID_ARG_TYPE",
      message:
        /^electron-switchyard: serve: implementation must be an object with methods, or a function that returns one, and is /,
    });
  }
  assert.deepEqual(changes, []);
});

test("the list of methods in an error is bounded", async () => {
  const { services, call } = served();
  const many = Array.from({ length: 5_000 }, (_, i) => [`method${i}${"x".repeat(200)}`, () => i]);
  services.serve("s", Object.fromEntries(many));
  await assert.rejects(call("nothing"), ({ message }) => {
    assert.match(message, / and 4980 more$/);
    return message.length < 3_000;
  });
});

test("arguments that are no array are an error of the caller", async () => {
  const { services } = served();
  services.serve("s", { read() {} });
  assert.throws(() => services.handlerOf("s", "read")({}, { length: 2 }), {
    code: "ERR_BAD_PACKET",
  });
});
