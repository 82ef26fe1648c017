import { own } from "./own";
import { ERROR, UNLISTED } from "./tags";
import type { Walker } from "./walker";

/**
 * Structured clone keeps name, message and stack; we keep further members as well, but only those
 * that can be sent: an error that structured clone would deliver is never refused for the rest.
 * A DOMException counts as an error.
 */
export function errorParts(walker: Walker, object: object): unknown[] {
  const error = object as Record<string, unknown>;
  const { name } = error;
  const members: Record<string, unknown> = { __proto__: null };
  for (const key of new Set([...Object.keys(error), ...UNLISTED, "code"])) {
    if (key === "name") continue;
    const value = error[key];
    // The prototypes have an empty message.
    if (own.call(error, key) || (value ?? "") !== "") walker._attempt(key, value, members);
  }
  return [ERROR, typeof name === "string" ? name : "Error", members];
}
