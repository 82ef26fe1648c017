import { append, hasOwn } from "../errors";
import { buffer, byteLength, getterOf, type Method, view } from "./bytes";
import { entry, nth, type Step } from "./path";
import { SUBSTITUTES } from "./substitutes";
import { BOXED, DATE, ERROR, MAP, REGEXP, SET, UNLISTED } from "./tags";
import type { Walker } from "./walker";

const source = getterOf(RegExp.prototype, "source");

/** The methods that are read below. Each class has some of them. */
interface Methods {
  readonly size?: unknown;
  readonly getTime?: unknown;
  readonly forEach?: unknown;
}

/** Calls a method on the object. If the method throws, the object is no genuine one and is rejected. */
type Slot = (method: unknown, argument?: unknown) => unknown;

/** The copy of an object with internal slots. `kind` is its claim, which is proved here. */
export function builtin(walker: Walker, object: object, kind: string): unknown {
  const fake = () => walker._reject(`not a genuine ${kind}`, "toRaw(it)");
  const slot: Slot = (method, argument) => {
    try {
      return (method as Method).call(object as never, argument as never);
    } catch {
      return fake();
    }
  };
  const { prototype }: { prototype: Methods } = Object(globalThis[kind as "Map"]);
  if (ArrayBuffer.isView(object)) return view(walker, object);
  if (/Error$|^DOMException$/.test(kind)) return walker._tagged(errorParts(walker, object));
  switch (kind) {
    case "Date":
      // JSON writes the NaN of an invalid date as null
      return walker._tagged([DATE, slot(prototype.getTime)]);
    case "RegExp":
      return walker._tagged([REGEXP, ...walker._patternOf(slot(source), (object as RegExp).flags)]);
    case "Map":
    case "Set":
      return walker._tagged(entries(walker, slot, shown(object, prototype), kind === "Map"));
    case "Number":
    case "String":
    case "Boolean":
    case "BigInt":
      return walker._tagged([BOXED, walker._copyOf(slot(prototype.valueOf))]);
    case "ArrayBuffer":
      return buffer(walker, object as ArrayBuffer, 0, slot(byteLength) as number);
    default: {
      if (/(Array|DataView)$/.test(kind)) return fake();
      const way = SUBSTITUTES.find(([member]) => member in object)?.[1];
      return walker._reject(`${/^[AEIO]/.test(kind) ? "an" : "a"} ${kind}`, way);
    }
  }
}

/**
 * The method that visits the entries that a Map or Set shows. Vue's are proxies of Maps, MobX's are no Maps,
 * and a draft of Immer's is a Map that holds nothing: each of them has a forEach of its own.
 */
function shown(object: Methods, prototype: Methods): unknown {
  try {
    if (Reflect.get(prototype, "size", object) === object.size) return prototype.forEach;
  } catch {}
  return object.forEach;
}

/** All entries are read before the first is copied: a getter in one cannot change the others. */
function entries(walker: Walker, slot: Slot, forEach: unknown, isMap: boolean): unknown[] {
  const found: [Step, unknown][] = [];
  let n = 0;
  slot(forEach, (value: unknown, key: unknown) => {
    if (isMap) append(found, [nth(".keys()", n), key]);
    append(found, [isMap ? entry(key, n) : nth("", n), value]);
    n++;
  });
  const parts: unknown[] = [isMap ? MAP : SET];
  for (const [step, value] of found) append(parts, walker._at(step, value));
  return parts;
}

/**
 * Structured clone keeps name, message and stack. The codec keeps further members too, but only those that
 * can be sent, so that no error is rejected that structured clone would deliver. A DOMException counts as
 * an error.
 */
function errorParts(walker: Walker, object: object): unknown[] {
  const error = object as Record<string, unknown>;
  const { name } = error;
  const members: Record<string, unknown> = { __proto__: null };
  for (const key of new Set([...Object.keys(error), ...UNLISTED, "code"])) {
    if (key === "name") continue;
    const value = error[key];
    // The prototypes have an empty message.
    if (hasOwn.call(error, key) || (value ?? "") !== "") walker._attempt(key, value, members);
  }
  return [ERROR, typeof name === "string" ? name : "Error", members];
}
