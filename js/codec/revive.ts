import { byteLength } from "./bytes";

/** Helpers of decode. Their arguments come from a payload and may be anything. */

/** `why`: the limit that the value is beyond, if it is beyond one. */
export function malformed(why?: string): never {
  throw { why };
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : malformed();
}

/** Only a genuine ArrayBuffer: a view of any other value could have any size. */
export function bytes(value: unknown): ArrayBuffer {
  byteLength.call(value as never);
  return value as ArrayBuffer;
}

/** In hexadecimal digits that are read at once. Old V8s take quadratic time for more. */
const DIGITS = 2048;

export function bigint(hex: string): bigint {
  if (hex[0] === "-") return -bigint(hex.slice(1));
  if (hex.length <= DIGITS) return BigInt(`0x${hex}`);
  const half = hex.length >> 1;
  return (bigint(hex.slice(0, -half)) << BigInt(4 * half)) | bigint(hex.slice(-half));
}

/** An array of holes. It takes memory for its members only, because V8 keeps the members of such a long array in a table. */
export function holes(length: unknown): unknown[] {
  const array: unknown[] = [];
  array.length = 2 ** 32 - 1;
  array.length = typeof length === "number" ? length : malformed();
  return array;
}

/** The element of a list at an index. */
export function at<T extends object | string>(list: readonly (T | undefined)[], index: unknown): T {
  return (typeof index === "number" && list[index]) || malformed();
}
