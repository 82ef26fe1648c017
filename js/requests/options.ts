import { must } from "../errors";

/** The options of a request. */
export interface AskOptions {
  /** In milliseconds. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The longest time that a timer can wait, in ms: a longer one fires at once. */
const MAX_MS = 2 ** 31 - 1;

/** Throws if options are invalid. `names`: those that there may be; the others of them are not checked. */
export function checkAskOptions(
  apiName: string,
  options: AskOptions,
  names = ["timeoutMs", "signal"],
) {
  requireOptions(apiName, options, names);
  const { timeoutMs, signal } = options;
  checkMs(apiName, "timeoutMs", timeoutMs);
  if (signal !== undefined) {
    const isSignal = typeof signal?.addEventListener === "function" && "aborted" in signal;
    must(isSignal, apiName, "signal must be an AbortSignal", signal);
  }
}

/** Throws unless an option is a time that a timer can wait, or is not given. */
export function checkMs(apiName: string, name: string, ms: unknown) {
  // Only an integer in range equals its lowest 31 bits.
  const isMs = ms === undefined || (typeof ms === "number" && (ms & MAX_MS) === ms);
  must(isMs, apiName, `${name} must be an integer from 0 to ${MAX_MS}`, ms);
}

/** Throws unless `options` is an object that has no other options than those of these names. */
export function requireOptions(apiName: string, options: object, names: readonly string[]) {
  must(
    typeof options === "object" && options !== null,
    apiName,
    "options must be an object",
    options,
  );
  const other = Object.keys(options).find((key) => !names.includes(key));
  must(other === undefined, apiName, `an option must be ${names.join(" or ")}`, other);
}
