import { byteLength } from "./bytes";

/** Helpers of decode: what they get is whatever a payload held. */

/** `why`: of which bound it is beyond. */
export function malformed(why?: string): never {
  throw { why };
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : malformed();
}

/** Only of a genuine ArrayBuffer: anything else could make a view of any size. */
export function bytes(value: unknown): ArrayBuffer {
  byteLength.call(value as never);
  return value as ArrayBuffer;
}

/** How many hexadecimal digits are read at once: old V8s take quadratic time for more. */
const DIGITS = 2048;

export function bigint(hex: string): bigint {
  if (hex[0] === "-") return -bigint(hex.slice(1));
  if (hex.length <= DIGITS) return BigInt(`0x${hex}`);
  const half = hex.length >> 1;
  return (bigint(hex.slice(0, -half)) << BigInt(4 * half)) | bigint(hex.slice(-half));
}

/** An array of holes. Memory is taken for members only: V8 keeps those of so long a one in a table. */
export function holes(length: unknown): unknown[] {
  const array: unknown[] = [];
  array.length = 2 ** 32 - 1;
  array.length = typeof length === "number" ? length : malformed();
  return array;
}

/** What is at a place of a list. */
export function at<T extends object | string>(list: readonly (T | undefined)[], index: unknown): T {
  return (typeof index === "number" && list[index]) || malformed();
}
