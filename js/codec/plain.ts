import { kindOf } from "./kind";
import { own } from "./own";
import { ABSENT } from "./tags";

/** Whether JSON carries a primitive as it is. */
export function isPlain(value: unknown): boolean {
  switch (typeof value) {
    case "string":
      return value !== ABSENT;
    case "number":
      // Neither NaN nor an infinity, and not -0.
      return value - value === 0 && (value !== 0 || 1 / value > 0);
    default:
      return value === null || typeof value === "boolean";
  }
}

/** Whether a value is sent as its members. */
export function hasMembers(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return kindOf(value) === "Object";
}

/** Whether JSON carries the fresh copy of an object as it is, all members being plain. */
export function isFlat(copy: Record<string, unknown>): boolean {
  // Faster than by Object.keys; somebody may have put more on Object.prototype.
  for (const key in copy) {
    if (!isPlain(copy[key]) && own.call(copy, key)) return false;
  }
  return !isPolluted();
}

/** Whether somebody put a toJSON on Object.prototype or Array.prototype. */
export function isPolluted(): boolean {
  return "toJSON" in Array.prototype;
}
