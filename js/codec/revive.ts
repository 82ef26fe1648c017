import type { Piece } from "../protocol/protocol";
import { UNLISTED } from "./tags";

/** Helpers of decode: what they get is whatever a payload held. */

export function malformed(): never {
  throw new Error();
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : malformed();
}

/** Of an attachment, or of whatever stands in its place. */
export function bytes(value: Piece): ArrayBuffer {
  return typeof value === "object" ? value : malformed();
}

/** What is at a place of a list. */
export function at<T extends object | string>(list: readonly (T | undefined)[], index: unknown): T {
  return (typeof index === "number" && list[index]) || malformed();
}

/** Sets own properties, whatever their names and whatever setters the prototype has. */
export function define(object: object, members: object): void {
  for (const [key, value] of Object.entries(members)) {
    const enumerable = !(object instanceof Error && UNLISTED.includes(key));
    Object.defineProperty(object, key, { value, enumerable, writable: true, configurable: true });
  }
}

const TypedArray: unknown = Object.getPrototypeOf(Uint8Array);

/** The class of that name, if there is one here: any typed array or DataView. */
export function viewClass(name: unknown): Uint8ArrayConstructor {
  const View = globalThis[text(name) as "Uint8Array"];
  const known = (View as unknown) === DataView || Object.getPrototypeOf(View) === TypedArray;
  return known ? View : malformed();
}

const STANDARD = /^(Eval|Range|Reference|Syntax|Type|URI|Aggregate)Error$/;

/** Makes a new error one of that name: of the standard class, or else with a name of its own. */
export function nameError(error: Error, name: string): void {
  const Class = STANDARD.test(name) && globalThis[name as "Error"];
  if (Class) Object.setPrototypeOf(error, Class.prototype);
  if (error.name !== name) define(error, { name });
}
