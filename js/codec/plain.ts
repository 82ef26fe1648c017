import { ABSENT, LONG } from "./tags";

/**
 * A page's scripts may replace JSON.parse, as to make Dates of texts, before this is loaded. The
 * bridge has it as it was before them.
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

/** Of what JSON.parse gives, the objects that are no arrays. */
export function hasKeys(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether JSON carries the fresh copy of an object as it is, all members being plain. */
export function isFlat(copy: Members): boolean {
  // Faster than by Object.keys; what somebody put on Object.prototype may deny it wrongly.
  for (const key in copy) {
    if (!isPlain(copy[key])) return false;
  }
  // Somebody may have put a toJSON on Object.prototype, too.
  return !("toJSON" in copy);
}
