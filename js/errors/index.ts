import type { Code } from "../protocol/protocol";
import { classText, define } from "./own";

export { append, classText, copied, define, hasOwn } from "./own";

/** An error of this package: `code` is stable, the message may change. `more`: other properties. */
export function failure(
  code: Code,
  message: string,
  more?: object | "" | null,
): Error & { code: Code } {
  return define(new Error(message), { code, ...(more as object) }) as Error & { code: Code };
}

/** Throws a TypeError unless `value` is a string that can name a window. */
export function requireName(
  apiName: string,
  argument: string,
  value: unknown,
): asserts value is string {
  if (typeof value !== "string" || value === "") {
    throw wrongType(apiName, argument, "a non-empty string", value);
  }
}

/** Throws a TypeError unless `callback` is a function. */
export function requireFunction(
  apiName: string,
  callback: unknown,
): asserts callback is (...args: never) => unknown {
  if (typeof callback !== "function") throw wrongType(apiName, "callback", "a function", callback);
}

export function wrongType(
  apiName: string,
  argument: string,
  right: string,
  value: unknown,
): TypeError {
  const message = wrong(apiName, argument, right, value);
  return define(new TypeError(message), { code: "ERR_INVALID_ARG_TYPE" });
}

/** An option of a call has a wrong type, or a value out of its range. */
export function invalidOption(apiName: string, name: string, right: string, value: unknown): Error {
  return failure("ERR_INVALID_OPTION", wrong(apiName, name, right, value));
}

/** `sendMsgToRender: windowName must be a non-empty string, and is 5 (number)` */
function wrong(apiName: string, name: string, right: string, value: unknown): string {
  return `${apiName}: ${name} must be ${right}, and is ${describe(value)}`;
}

/** The error of a function that was called in the wrong process. */
export function wrongProcess(apiName: string, place: string, here: string): Error {
  return failure("ERR_WRONG_PROCESS", `${apiName} can be called only in ${place}; this is ${here}`);
}

/** In UTF-16 units: how much of a value, a name or a key an error message quotes. */
export const MAX_LENGTH = 100;

/** A description of a value for an error message. Never throws. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return JSON.stringify(value.slice(0, MAX_LENGTH));
  if (typeof value === "function") return "a function";
  if (typeof value !== "object") return `${String(value).slice(0, MAX_LENGTH)} (${typeof value})`;
  return `an object (${classText.call(value).slice(0, MAX_LENGTH)})`;
}
