import { append } from "../errors";
import { buffer, byteLength, getterOf, type Method, view } from "./bytes";
import { errorParts } from "./error";
import { entry, nth, type Step } from "./path";
import { BOXED, DATE, MAP, REGEXP, SET } from "./tags";
import type { Walker } from "./walker";
import { wayOut } from "./way-out";

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
