const { getPrototypeOf, getOwnPropertyDescriptor } = Object;
const objectText = Object.prototype.toString;
const functionText = Function.prototype.toString;

/**
 * "Object" for what is sent as its members, otherwise the name of its builtin or platform class,
 * from whichever realm.
 *
 * Without a Symbol.toStringTag, Object.prototype.toString tells Date, RegExp, Error, Number,
 * String and Boolean by their internal slots. All other builtins carry a tag, which may lie; for
 * them the native constructors of the prototypes speak, and whoever reads the object checks its
 * slots. Unseen remains a Map or the like whose prototype was replaced by a plain one.
 */
export function kindOf(object: object): string {
  if (Symbol.toStringTag in object) return nativeName(object);
  const text = objectText.call(object);
  // A slice would be a new string each time.
  return text === "[object Object]" ? "Object" : text.slice(8, -1);
}

function nativeName(object: object): string {
  for (let proto = getPrototypeOf(object); proto !== null; proto = getPrototypeOf(proto)) {
    const maker = ownValue(proto, "constructor");
    if (typeof maker === "function" && maker.prototype === proto && isNative(maker)) {
      return maker.name;
    }
    // Generators and iterators have no class of that name.
    const tag = ownValue(proto, Symbol.toStringTag);
    if (/(Generator|Iterator)$/.test(tag as string)) return tag as string;
  }
  return "Object";
}

/** Calls no getter: structured clone would not. */
function ownValue(object: object, key: PropertyKey): unknown {
  return Object(getOwnPropertyDescriptor(object, key)).value;
}

/** No function written in JavaScript ends so: its body would be a syntax error. */
export function isNative(maker: unknown): boolean {
  return functionText.call(maker).endsWith("{ [native code] }");
}
