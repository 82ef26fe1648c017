/** Values of every kind, by name; a page's script and a module of main. */
(() => {
  const VIEWS = [
    ...["Int8", "Uint8", "Uint8Clamped", "Int16", "Uint16", "Int32", "Uint32"],
    ...["Float32", "Float64", "BigInt64", "BigUint64"],
  ];
  const ERRORS = ["", "Eval", "Range", "Reference", "Syntax", "Type", "URI"];
  const bytes = () =>
    new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]).buffer;

  /** With a stack that does not depend on who asked for the error. */
  function settled(error) {
    return Object.assign(error, { stack: `${error}\n    at somewhere (file.js:1:2)` });
  }

  function nested(wrap) {
    let value = "core";
    for (let i = 0; i < 1000; i++) value = wrap(value);
    return value;
  }

  function changed(object, ...steps) {
    for (const step of steps) step(object);
    return object;
  }

  class Point {
    constructor() {
      this.x = 1;
      this[Symbol("s")] = 2;
      Object.defineProperty(this, "hidden", { value: 3 });
    }
    get y() {
      return 4;
    }
    toJSON() {
      return "no";
    }
  }

  class OwnError extends RangeError {
    constructor(message) {
      super(message);
      this.name = "OwnError";
    }
  }

  const PRIMITIVES = {
    undefined: () => undefined,
    null: () => null,
    true: () => true,
    false: () => false,
    zero: () => 0,
    "minus zero": () => -0,
    NaN: () => Number.NaN,
    Infinity: () => Number.POSITIVE_INFINITY,
    "minus Infinity": () => Number.NEGATIVE_INFINITY,
    "a fraction": () => 0.1,
    "large numbers": () => [2 ** 53, 1e308, 5e-324, -(2 ** 31)],
    "a BigInt": () => BigInt("-123456789012345678901234567890"),
    "an empty string": () => "",
    "a string with NUL and U+2028": () => '"\u0000\u2028\u2029\n\\',
    "lone surrogates": () => ["\ud800", "\udc00x", "\ud83d\ude80"],
    "the string that stands for undefined": () => ["\x7f", undefined, { "\x7f": "\x7f" }],
  };

  const OBJECTS = {
    "an empty object": () => ({}),
    "undefined members": () => ({ a: undefined, b: { c: undefined }, d: [undefined] }),
    "members in order": () => ({ b: 1, 10: 2, a: 3, 2: 4, "": 5 }),
    "a __proto__ key": () => JSON.parse('{ "a": 1, "__proto__": { "b": 2 } }'),
    "keys of Object.prototype": () => ({ constructor: 1, toString: 2, hasOwnProperty: 3 }),
    "no prototype": () => Object.assign(Object.create(null), { a: 1 }),
    "a class instance": () => new Point(),
    "symbol keys": () => ({ [Symbol("s")]: 1, a: 2 }),
    "a getter": () => {
      let reads = 0;
      const get = () => ++reads;
      return Object.defineProperty({}, "reads", { get, enumerable: true });
    },
    "a frozen object": () => Object.freeze({ a: Object.freeze([1]) }),
    "a cycle": () => changed({ list: [] }, (o) => o.list.push(o, o.list)),
    "shared references": () => changed([{ a: 1 }], (list) => list.push(list[0], { b: list[0] })),
    "shared Dates": () => changed([new Date(1)], (list) => list.push(list[0])),
    "an empty array": () => [],
    "an array with undefined": () => [undefined, null, [undefined]],
    "a sparse array": () => changed([1, 2, 3], (list) => delete list[1]),
    "an array of holes": () => new Array(3),
    "an array with names": () => Object.assign([1], { name: 2 }),
    "a match": () => /(\d)(?<y>x)?/.exec("on 12"),
    "1,000 levels of objects": () => nested((inner) => ({ inner })),
    "1,000 levels of arrays": () => nested((inner) => [inner]),
  };

  const BUILTINS = {
    "a Date": () => new Date(1e12),
    "an invalid Date": () => new Date(Number.NaN),
    "a RegExp": () => Object.assign(/a\/b/giu, { lastIndex: 3 }),
    "a Map": () => new Map([["a", { b: new Map([[{}, Number.NaN]]) }]]),
    "a Map in itself": () => changed(new Map(), (map) => map.set(map, map)),
    "a Set": () => new Set([1, "1", [undefined], -1]),
    "a Set in itself": () => changed(new Set(), (set) => set.add(set)),
    "a boxed number": () => Object(-0),
    "a boxed string": () => Object("text"),
    "a boxed boolean": () => Object(false),
    "a boxed BigInt": () => Object(BigInt(5)),
    "an ArrayBuffer": bytes,
    "an empty ArrayBuffer": () => new ArrayBuffer(0),
    "a DataView": () => new DataView(bytes(), 3, 5),
    "views of one buffer": () =>
      changed([bytes()], (l) => l.push(new Uint8Array(l[0], 1, 2), l[0])),
  };

  const ERROR_VALUES = {
    "an error of a class of its own": () => settled(new OwnError("own")),
    "an error in an object": () => ({ error: settled(new Error("inside")) }),
    "an error with a code": () => settled(Object.assign(new Error("coded"), { code: "E_CODE" })),
    "an error with a cause": () => {
      const cause = settled(new TypeError("cause"));
      return Object.defineProperty(settled(new Error("caused")), "cause", { value: cause });
    },
    "an error with properties": () => settled(Object.assign(new Error("more"), { a: { b: [1] } })),
  };

  const REFUSED = {
    "a function": () => () => 0,
    "a symbol": () => Symbol("s"),
    "a function in an object": () => ({ a: [() => 0] }),
    "a symbol in an object": () => ({ a: [Symbol("s")] }),
    "a WeakMap": () => ({ weak: new WeakMap() }),
    "a WeakSet": () => ({ weak: new WeakSet() }),
    "a Promise": () => ({ live: Promise.resolve(1) }),
    "a generator": () => ({ made: (function* () {})() }),
  };

  const views = VIEWS.map((name) => [
    `${name}Array`,
    () => new globalThis[`${name}Array`](bytes(), 8, 1),
  ]);
  const errors = ERRORS.map((name) => [
    `${name}Error`,
    () => settled(new globalThis[`${name}Error`](`${name} message`)),
  ]);

  globalThis.values = {
    ...PRIMITIVES,
    ...OBJECTS,
    ...BUILTINS,
    ...Object.fromEntries([...views, ...errors]),
    ...ERROR_VALUES,
    ...REFUSED,
  };
})();
