import { hasOwn } from "../errors";

const { getPrototypeOf, getOwnPropertyDescriptor } = Object;
const objectText = Object.prototype.toString;
const functionText = Function.prototype.toString;
const { prototype: plain } = Object;

/** By prototype: what its objects are, where nothing else tells. */
const kinds = new WeakMap<object, string>();

/**
 * "Object" for what is sent as its members, otherwise the name of its builtin or platform class,
 * from whichever realm.
 *
 * Without a Symbol.toStringTag, Object.prototype.toString tells Date, RegExp, Error, Number,
 * String and Boolean by their internal slots. All other objects are what the constructors of their
 * prototypes tell: what has hidden state, and proxies of it, has a native one, or in Node one that
 * is the platform's. Whoever reads the object checks its slots. Unseen remains a Map or the like
 * whose prototype was replaced by a plain one.
 */
export function kindOf(object: object): string {
  const proto = getPrototypeOf(object);
  if (!(Symbol.toStringTag in object)) {
    const text = objectText.call(object);
    // A slice would be a new string each time.
    if (text !== "[object Object]") return text.slice(8, -1);
    if (proto === plain) return "Object";
  }
  return proto ? kindOfClass(object, proto) : "Object";
}

function kindOfClass(object: object, proto: object): string {
  const kind = kinds.get(proto) ?? nativeName(proto);
  kinds.set(proto, kind);
  // Its class may have all that it is in its members.
  if (kind[0] !== "?") return kind;
  return Object.keys(object).length > 0 ? "Object" : kind.slice(1);
}

/**
 * "?" before what is written in JavaScript and names its objects, as Node's classes do, or is an
 * iterator: it has hidden state if it is empty.
 */
function nativeName(first: object): string {
  let name = "";
  let hidden = "";
  for (let proto: object | null = first; proto !== null; proto = getPrototypeOf(proto)) {
    const maker = ownValue(proto, "constructor");
    const isMaker = typeof maker === "function" && maker.prototype === proto;
    if (isMaker) name ||= maker.name;
    if (isMaker && isNative(maker)) {
      // What Node derives its classes from is nobody's to know.
      const known = maker.name in globalThis ? maker.name : name;
      return (known !== "Object" && known) || hidden || "Object";
    }
    if (hasOwn.call(proto, Symbol.toStringTag)) {
      hidden ||= `?${ownValue(proto, Symbol.toStringTag) ?? name}`;
    }
  }
  return hidden || "Object";
}

/** Calls no getter: structured clone would not. */
function ownValue(object: object, key: PropertyKey): unknown {
  return Object(getOwnPropertyDescriptor(object, key)).value;
}

/** No function written in JavaScript ends so: its body would be a syntax error. */
export function isNative(maker: unknown): boolean {
  return functionText.call(maker).endsWith("{ [native code] }");
}
