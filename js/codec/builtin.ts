import { append, hasOwn } from "../errors";
import { buffer, byteLength, getterOf, type Method, view } from "./bytes";
import { wayOut } from "./not-cloneable";
import { entry, nth, type Step } from "./path";
import { BOXED, DATE, ERROR, MAP, REGEXP, SET, UNLISTED } from "./tags";
import type { Walker } from "./walker";

const source = getterOf(RegExp.prototype, "source");

/** What the classes here have, one or the other. */
interface Methods {
  readonly getTime?: unknown;
  readonly forEach?: unknown;
}

/** Calls such a method on the object at hand, which is refused if it throws. */
type Slot = (method: unknown, argument?: unknown) => unknown;

/** The copy of an object that is more than its members; `kind` is a claim, proved here. */
export function builtin(walker: Walker, object: object, kind: string): unknown {
  const fake = () => walker._refuse(`not a genuine ${kind}`, "toRaw(it)");
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
      // JSON makes null of an invalid date's NaN
      return walker._tagged([DATE, slot(prototype.getTime)]);
    case "RegExp":
      return walker._tagged([REGEXP, ...walker._patternOf(slot(source), (object as RegExp).flags)]);
    case "Map":
    case "Set":
      return walker._tagged(entries(walker, slot, prototype.forEach, kind === "Map"));
    case "Number":
    case "String":
    case "Boolean":
    case "BigInt":
      return walker._tagged([BOXED, walker._copyOf(slot(prototype.valueOf))]);
    case "ArrayBuffer":
      return buffer(walker, object as ArrayBuffer, 0, slot(byteLength) as number);
    default:
      if (/(Array|DataView)$/.test(kind)) return fake();
      return walker._refuse(`${/^[AEIO]/.test(kind) ? "an" : "a"} ${kind}`, wayOut(object));
  }
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
 * Structured clone keeps name, message and stack; we keep further members as well, but only those
 * that can be sent: an error that structured clone would deliver is never refused for the rest.
 * A DOMException counts as an error.
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
