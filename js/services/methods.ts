import { describe, hasOwn, wrongType } from "../errors";

export type Method = (...args: unknown[]) => unknown;

/** How many methods an error names. */
const MAX_NAMED = 20;

const functionText = Function.prototype.toString;
const isAbove = Object.prototype.isPrototypeOf;
const { getOwnPropertyDescriptor, getOwnPropertyNames, getPrototypeOf } = Object;

/** By prototype: whether a class of the app has it. */
const known = new WeakMap<object, boolean>();

/**
 * Whether the prototype is that of a class of the app, and not one that JavaScript or Node brings: no method of
 * Object, Array or EventEmitter can be called from elsewhere.
 */
function isOfApp(prototype: object): boolean {
  const is = known.get(prototype) ?? !(isNative(prototype) || isOfNode(prototype));
  known.set(prototype, is);
  return is;
}

function isNative(prototype: object): boolean {
  const maker: unknown = getOwnPropertyDescriptor(prototype, "constructor")?.value;
  if (typeof maker !== "function") return false;
  // No function that is written in JavaScript has a text that ends so.
  if (functionText.call(maker).endsWith("{ [native code] }")) return true;
  // Node's EventTarget is written in JavaScript.
  const isGlobal = (globalThis as Record<string, unknown>)[maker.name] === maker;
  return isGlobal && hasOwn.call(prototype, Symbol.toStringTag);
}

/** Node's EventEmitter is written in JavaScript too, and is no global. `process` is one. */
function isOfNode(prototype: object): boolean {
  const { process } = globalThis as { process?: unknown };
  return isAbove.call(prototype, Object(process));
}

/** The object, and the prototypes of its classes. */
function* holdersOf(object: object): Iterable<object> {
  yield object;
  let prototype = getPrototypeOf(object);
  while (prototype && isOfApp(prototype)) {
    yield prototype;
    prototype = getPrototypeOf(prototype);
  }
}

/**
 * The method of this name. A getter is not called, with one exception: bundlers write the exports of a module as
 * getters that cannot be reconfigured.
 */
export function methodOf(object: object, name: string): Method | undefined {
  if (name === "constructor" || name[0] === "_") return undefined;
  for (const holder of holdersOf(object)) {
    const found = getOwnPropertyDescriptor(holder, name);
    if (!found) continue;
    const isExport = holder === object && found.get && !found.configurable;
    const value: unknown = isExport ? found.get?.call(object) : found.value;
    return typeof value === "function" ? (value as Method) : undefined;
  }
  return undefined;
}

/** The names of the methods, each once. */
function methodNames(object: object): string[] {
  const names = [...holdersOf(object)].flatMap(getOwnPropertyNames);
  return [...new Set(names)].filter((name) => methodOf(object, name));
}

/** `"read", "write" and 3 more`, or "none". */
export function methodList(object: object): string {
  const names = methodNames(object);
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : "";
  return names.slice(0, MAX_NAMED).map(describe).join(", ") + more || "none";
}

/** Throws unless `value` has a method, or is a function that returns what has the methods. */
export function requireImplementation(value: unknown): asserts value is object {
  const isFunction = typeof value === "function" && !/^class\b/.test(functionText.call(value));
  const isObject = typeof value === "object" && value !== null;
  if (isFunction || (isObject && methodNames(value as object).length > 0)) return;
  throw wrongType(
    "serve",
    "implementation",
    "an object that has a method (no name that begins with _), an instance of a class, or a function of the event that returns one of these",
    value,
  );
}
