import { ERROR } from "./tags";
import type { Walker } from "./walker";

/** What an error carries beside its name, message and stack without being enumerable. */
const HIDDEN = ["code", "cause", "errors"];

/**
 * Structured clone keeps name, message and stack; we keep further members as well, but only those
 * that can be sent: an error that structured clone would deliver is never refused for the rest.
 * A DOMException counts as an error.
 */
export function errorParts(walker: Walker, object: object): unknown[] {
  const error = object as Record<string, unknown>;
  const { name, message, stack } = error;
  const members: Record<string, unknown> = Object.create(null);
  const keys = [...new Set([...Object.keys(error), ...HIDDEN])];
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string;
    if (key in error && !/^(name|message|stack)$/.test(key)) {
      walker.attempt(key, error[key], members);
    }
  }
  const ownMessage =
    message === "" && !Object.getOwnPropertyDescriptor(error, "message") ? null : message;
  return [ERROR, text(name) ?? "Error", text(ownMessage), text(stack), members];
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
