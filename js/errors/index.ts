import type { Code } from "../protocol/protocol";
import { define } from "./own";

export { append, copied, define, hasOwn } from "./own";

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

/** Throws a TypeError unless `value` is a function. */
export function requireFunction(
  apiName: string,
  argument: string,
  value: unknown,
): asserts value is (...args: never) => unknown {
  if (typeof value !== "function") throw wrongType(apiName, argument, "a function", value);
}

/** `sendMsgToRender: windowName must be a non-empty string, and is 5 (number)` */
export function wrongType(
  apiName: string,
  argument: string,
  right: string,
  value: unknown,
): TypeError {
  const message = `${apiName}: ${argument} must be ${right}, and is ${describe(value)}`;
  return define(new TypeError(message), { code: "ERR_INVALID_ARG_TYPE" });
}

/** An option of a call has a wrong type, or a value out of its range. */
export function invalidOption(apiName: string, name: string, right: string, value: unknown): Error {
  const message = `${apiName}: ${name} must be ${right}, and is ${describe(value)}`;
  return failure("ERR_INVALID_OPTION", message);
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
  return `an object (${Object.prototype.toString.call(value).slice(0, MAX_LENGTH)})`;
}
