import { getOwnPropertyDescriptor, getPrototypeOf, isNative } from "../codec";
import { describe, hasOwn, must, WRONG_TYPE } from "../errors";

export type Method = (...args: unknown[]) => unknown;

/** How many methods an error names. */
const MAX_NAMED = 20;

/** By prototype: whether a class of the app has it. */
const known = new WeakMap<object, boolean>();

/**
 * Whether the prototype is that of a class of the app, and not one that JavaScript or Node brings: no method of
 * Object, Array or EventEmitter can be called from elsewhere.
 */
function isOfApp(prototype: object): boolean {
  const is = known.get(prototype) ?? !isBuiltin(prototype);
  known.set(prototype, is);
  return is;
}

function isBuiltin(prototype: object): boolean {
  const maker: unknown = getOwnPropertyDescriptor(prototype, "constructor")?.value;
  const global = globalThis as Record<string, unknown>;
  // Node's EventEmitter is written in JavaScript, and is no global. `process` is one.
  if (Object.prototype.isPrototypeOf.call(prototype, Object(global["process"]))) return true;
  if (typeof maker !== "function") return false;
  // EventTarget of Node is written in JavaScript too, and is a global.
  const isGlobal = global[maker.name] === maker;
  return isNative(maker) || (isGlobal && hasOwn.call(prototype, Symbol.toStringTag));
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
  const names = [...holdersOf(object)].flatMap((each) => Object.getOwnPropertyNames(each));
  return [...new Set(names)].filter((name) => methodOf(object, name));
}

/** `"read", "write" and 3 more`, or "none". */
export function methodList(object: object): string {
  const names = methodNames(object);
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : "";
  return names.slice(0, MAX_NAMED).map(describe).join(", ") + more || "none";
}

export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Throws unless `value` has a method, or is a function that returns what has the methods. */
export function requireImplementation(value: unknown): asserts value is object {
  const isRight = isObject(value) ? methodNames(value).length > 0 : isFunction(value);
  const what = "implementation must be an object with methods, or a function that returns one";
  must(isRight, "serve", what, value, WRONG_TYPE);
}

/** Whether it can be called. A class cannot, and has a prototype that cannot be replaced. */
function isFunction(value: unknown): boolean {
  if (typeof value !== "function") return false;
  return getOwnPropertyDescriptor(value, "prototype")?.writable !== false;
}
