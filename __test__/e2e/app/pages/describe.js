/** Tells all that a receiver can see of a value; a page's script and a module of main. */
(() => {
  const TypedArray = Object.getPrototypeOf(Uint8Array);

  /** What objects of each class hold beside their properties. */
  const CONTENTS = {
    Array: (array, tell) => tell(array.length),
    Date: (date, tell) => tell(date.getTime()),
    RegExp: (regexp, tell) => `${tell(regexp.source)} ${regexp.flags} ${regexp.lastIndex}`,
    Map: (map, tell) => Array.from(map, ([key, value]) => `${tell(key)} => ${tell(value)}`),
    Set: (set, tell) => Array.from(set, (item) => tell(item)),
    Number: (boxed, tell) => tell(boxed.valueOf()),
    String: (boxed, tell) => tell(boxed.valueOf()),
    Boolean: (boxed, tell) => tell(boxed.valueOf()),
    BigInt: (boxed, tell) => tell(boxed.valueOf()),
    ArrayBuffer: (buffer) => new Uint8Array(buffer),
    Error: (error, tell) => `${tell(error.name)} ${tell(error.message)} ${tell(error.stack)}`,
  };

  function primitive(value) {
    if (typeof value === "string") return JSON.stringify(value);
    if (typeof value === "bigint") return `${value}n`;
    return Object.is(value, -0) ? "-0" : String(value);
  }

  /** The class of this realm whose prototype it has. */
  function className(object) {
    const proto = Object.getPrototypeOf(object);
    if (proto === null) return "null";
    const { name } = proto.constructor;
    return globalThis[name]?.prototype === proto ? name : `other ${name}`;
  }

  function viewContents(view, tell) {
    return `${view.byteOffset} ${view.byteLength} ${tell(view.buffer)}`;
  }

  function contents(object, tell) {
    if (ArrayBuffer.isView(object)) return viewContents(object, tell);
    const kind = Object.prototype.toString.call(object).slice(8, -1);
    return `${kind} ${(CONTENTS[kind] || (() => ""))(object, tell)}`;
  }

  /** Own properties in their order; those of a view or a string are its contents. */
  function properties(object, tell) {
    const contained = object instanceof TypedArray || object instanceof String;
    const errors = object instanceof Error ? ["name", "message", "stack"] : [];
    const hidden = [...errors, "length", "lastIndex"];
    const keys = Reflect.ownKeys(object).filter(
      (key) => !hidden.includes(key) && !(contained && /^\d+$/.test(String(key))),
    );
    return keys.map((key) => {
      const { value, get, enumerable } = Object.getOwnPropertyDescriptor(object, key);
      return `${enumerable ? "" : "hidden "}${String(key)}: ${get ? "getter" : tell(value)}`;
    });
  }

  /** Equal texts mean equal values: classes, order, holes, -0, and which objects are one. */
  function describe(value, seen = new Map()) {
    if (typeof value === "function" || Object(value) !== value) return primitive(value);
    if (seen.has(value)) return `#${seen.get(value)}`;
    seen.set(value, seen.size);
    const tell = (part) => describe(part, seen);
    return `${className(value)}<${contents(value, tell)}>{${properties(value, tell)}}`;
  }

  globalThis.describe = describe;
})();
