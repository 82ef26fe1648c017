import { buffer, view } from "./bytes";
import { errorParts } from "./error";
import { entry, nth } from "./path";
import { BOXED, DATE, MAP, REGEXP, SET } from "./tags";
import type { Walker } from "./walker";

const mapForEach = Map.prototype.forEach;
const setForEach = Set.prototype.forEach;
const { getTime } = Date.prototype;
const source = getterOf(RegExp.prototype, "source");
const byteLength = getterOf(ArrayBuffer.prototype, "byteLength");

/** A method that throws unless its receiver has the internal slots of the method's class. */
type Method = (this: never, argument?: never) => unknown;

/** Calls such a method on the object at hand, which is refused if it throws. */
type Slot = (method: unknown, argument?: unknown) => unknown;

/** The copy of an object that is more than its members; `kind` is a claim, proved here. */
export function builtin(walker: Walker, object: object, kind: string): unknown {
  const slot: Slot = (method, argument) => {
    try {
      return (method as Method).call(object as never, argument as never);
    } catch {
      return walker.refuse(`not a genuine ${kind}`);
    }
  };
  if (ArrayBuffer.isView(object)) return view(walker, object);
  if (/Error$|^DOMException$/.test(kind)) return walker.tag(errorParts(walker, object));
  switch (kind) {
    case "Date":
      return walker.tag([DATE, slot(getTime)]); // JSON makes null of an invalid date's NaN
    case "RegExp":
      return walker.tag([REGEXP, slot(source), (object as RegExp).flags]);
    case "Map":
      return walker.tag(map(walker, slot));
    case "Set":
      return walker.tag(set(walker, slot));
    case "Number":
    case "String":
    case "Boolean":
    case "BigInt":
      return walker.tag([BOXED, walker.value(slot(globalThis[kind].prototype.valueOf))]);
    case "ArrayBuffer":
      return buffer(walker, object as ArrayBuffer, 0, slot(byteLength) as number);
    default:
      return walker.refuse(`${/^[AEIO]/.test(kind) ? "an" : "a"} ${kind}`);
  }
}

/** All entries are read before the first is copied: a getter in one cannot change the others. */
function map(walker: Walker, slot: Slot): unknown[] {
  const parts: unknown[] = [];
  slot(mapForEach, (value: unknown, key: unknown) => parts.push(key, value));
  for (let i = 0; i < parts.length; i += 2) {
    const key = parts[i];
    parts[i] = walker.at(nth(".keys()", i / 2), key);
    parts[i + 1] = walker.at(entry(key, i / 2), parts[i + 1]);
  }
  parts.unshift(MAP);
  return parts;
}

function set(walker: Walker, slot: Slot): unknown[] {
  const parts: unknown[] = [];
  slot(setForEach, (item: unknown) => parts.push(item));
  for (let i = 0; i < parts.length; i++) parts[i] = walker.at(nth("", i), parts[i]);
  parts.unshift(SET);
  return parts;
}

function getterOf(prototype: object, name: string): unknown {
  return (Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor).get;
}
