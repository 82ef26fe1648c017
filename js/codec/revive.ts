import type { Piece } from "../protocol/protocol";

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
  Object.defineProperties(object, Object.getOwnPropertyDescriptors(members));
}
