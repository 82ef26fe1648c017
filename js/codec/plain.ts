import { ABSENT, LONG } from "./tags";

/**
 * Scripts of a page may replace JSON.parse before this is loaded, for instance to make Dates of texts. The
 * bridge has the original, which is set here.
 */
export const json: { parse: (text: string) => unknown } = { parse: JSON.parse };

/** Whether JSON carries a primitive as it is. */
export function isPlain(value: unknown): boolean {
  switch (typeof value) {
    case "string":
      return value.length < LONG && value !== ABSENT;
    case "number":
      // Neither NaN nor an infinity, and not -0.
      return value - value === 0 && (value !== 0 || 1 / value > 0);
    default:
      return value === null || typeof value === "boolean";
  }
}

export type Members = Record<string, unknown>;

/** Whether a value is an object and no array. */
export function hasKeys(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether JSON carries the fresh copy of an object, or a fresh array, as it is, all members being plain. */
export function isFlat(copy: Members | unknown[]): boolean {
  // Faster than Object.keys. Enumerable members of Object.prototype may make this false, which is safe.
  for (const key in copy) {
    if (!isPlain((copy as Members)[key])) return false;
  }
  // Object.prototype or Array.prototype may have a toJSON.
  return !("toJSON" in []);
}
