import { describe, failure } from "../errors";

/** What an asker may ask for. */
export interface AskOptions {
  /** In milliseconds. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The longest time that setTimeout can wait. */
const MOST_MS = 2 ** 31 - 1;

/** Whether options ask for nothing, as those of most requests: nothing is left to check. */
export function isEmpty(options: AskOptions): boolean {
  if (typeof options !== "object" || options === null) return false;
  for (const _ in options) return false;
  return options.timeoutMs === undefined && options.signal === undefined;
}

/** The options, read once. Throws what is wrong with them. */
export function checkAskOptions(call: string, options: AskOptions): AskOptions {
  const must = (right: boolean, what: string, value: unknown) => {
    if (right) return;
    throw failure("ERR_INVALID_OPTION", `${call}: ${what}, got ${describe(value)}`);
  };
  must(typeof options === "object" && !!options, "options must be an object", options);
  const { timeoutMs, signal, ...unknown } = options;
  // Only integers in range are what their lowest 31 bits are.
  const isTime = typeof timeoutMs === "number" && (timeoutMs & MOST_MS) === timeoutMs;
  must(
    timeoutMs === undefined || isTime,
    `timeoutMs must be an integer from 0 to ${MOST_MS}`,
    timeoutMs,
  );
  const isSignal = typeof signal?.addEventListener === "function" && "aborted" in signal;
  must(signal === undefined || isSignal, "signal must be an AbortSignal", signal);
  for (const [name, value] of Object.entries(unknown))
    must(false, `there is no option ${name}`, value);
  return { timeoutMs, signal };
}
