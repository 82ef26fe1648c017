import { classText, hasOwn } from "../errors";

export const { getPrototypeOf, getOwnPropertyDescriptor } = Object;
const functionText = Function.prototype.toString;
const { prototype: plain } = Object;

/** By prototype: the kind of its objects, unless the object itself shows it. */
const kinds = new WeakMap<object, string>();

/**
 * "Object" for an object that is sent as its members; otherwise the name of its builtin or platform class,
 * of any realm.
 *
 * Without a Symbol.toStringTag, Object.prototype.toString recognizes Date, RegExp, Error, Number, String and
 * Boolean by their internal slots. For all other objects, the constructors of their prototypes decide. An
 * object with hidden state, or a proxy of one, has a native constructor, or one of Node's. The code that
 * reads the object checks its slots. The one case that is not recognized is a Map or the like whose
 * prototype was replaced by a plain one.
 */
export function kindOf(object: object): string {
  // First, because the prototype of an object of a known shape takes nothing then.
  const hasTag = Symbol.toStringTag in object;
  const proto = getPrototypeOf(object);
  if (!hasTag) {
    const text = classText.call(object);
    // A comparison first, because each slice makes a new string.
    if (text !== "[object Object]") return text.slice(8, -1);
    if (proto === plain) return "Object";
  }
  return proto ? kindOfClass(object, proto) : "Object";
}

function kindOfClass(object: object, proto: object): string {
  const kind = kinds.get(proto) ?? nativeName(proto);
  kinds.set(proto, kind);
  // All state of such an object may be in its members.
  if (kind[0] !== "?") return kind;
  if (Object.keys(object).length === 0) return kind.slice(1);
  // MobX's are written in JavaScript, and their members are not what they show.
  if (!("forEach" in object)) return "Object";
  return "get" in object ? "Map" : "Set";
}

/**
 * The name has "?" before it if the class is written in JavaScript and names its objects, as classes of Node
 * do, or is an iterator. An object of such a class has hidden state if it has no members.
 */
function nativeName(first: object): string {
  let name = "";
  let hidden = "";
  for (let proto: object | null = first; proto !== null; proto = getPrototypeOf(proto)) {
    const maker = ownValue(proto, "constructor");
    const isMaker = typeof maker === "function" && maker.prototype === proto;
    if (isMaker) name ||= maker.name;
    if (isMaker && isNative(maker)) {
      // The base classes of Node's own classes are internal to Node.
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

/** No function written in JavaScript ends so, because its body would be a syntax error. */
export function isNative(maker: unknown): boolean {
  return functionText.call(maker).endsWith("{ [native code] }");
}
