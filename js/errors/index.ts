import type { Code } from "../protocol/protocol";
import { classText, define } from "./own";
import { titled } from "./titled";

export { type Trace, traced, tracedAtFirst } from "./caller";
export { warnOfDropped } from "./dropped";
export { append, classText, copied, define, hasOwn } from "./own";
export { titled, untitled } from "./titled";

export const WRONG_TYPE = "ERR_INVALID_ARG_TYPE";

/**
 * An error of this package: no other place makes one. `code` is stable, the message may change. `more`: other
 * properties. The stack begins as Node's does: `Error [ERR_NO_MAIN]: electron-switchyard: ...`
 */
export function failure(
  code: Code,
  message: string,
  more?: object | "" | null,
): Error & { code: Code } {
  const error = new (code === WRONG_TYPE ? TypeError : Error)(titled(message));
  define(error, { code, ...(more as object) });
  // V8 writes the name of the class. A text, because an app may replace what makes stacks.
  const stack = `${error.stack}`.replace(/^\w+/, `${error.name} [${code}]`);
  return define(error, { stack }, ["stack"]) as Error & { code: Code };
}

/** The name is that of structured clone's. */
export function notCloneable(message: string): Error {
  return failure("ERR_NOT_CLONEABLE", message, { name: "DataCloneError" });
}

/** Throws unless a value is right. `what`: the sentence of what it must be. */
export function must(
  isRight: boolean,
  apiName: string,
  what: string,
  value: unknown,
  code: Code = "ERR_INVALID_OPTION",
) {
  if (!isRight) throw failure(code, `${apiName}: ${what}, and is ${describe(value)}`);
}

/** Throws unless `value` is a string that can name a window; a TypeError unless there is another `code`. */
export function requireName(
  apiName: string,
  argument: string,
  value: unknown,
  code: Code = WRONG_TYPE,
): asserts value is string {
  must(
    !!value && typeof value === "string",
    apiName,
    `${argument} must be a non-empty string`,
    value,
    code,
  );
}

/** Throws a TypeError unless `callback` is a function. */
export function requireFunction(
  apiName: string,
  callback: unknown,
): asserts callback is (...args: never) => unknown {
  must(
    typeof callback === "function",
    apiName,
    "callback must be a function",
    callback,
    WRONG_TYPE,
  );
}

export function wrongType(
  apiName: string,
  argument: string,
  right: string,
  value: unknown,
): TypeError {
  return failure(WRONG_TYPE, wrong(apiName, argument, right, value));
}

/** An option of a call has a wrong type, or a value out of its range. */
export function invalidOption(apiName: string, name: string, right: string, value: unknown): Error {
  return failure("ERR_INVALID_OPTION", wrong(apiName, name, right, value));
}

/** `initIpc: maxQueueBytes must be an integer, and is "5"` */
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
