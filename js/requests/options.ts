import { describe, failure } from "../errors";

/** What an asker may ask for. */
export interface AskOptions {
  /** In milliseconds. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The longest time that setTimeout can wait. */
const MAX_MS = 2 ** 31 - 1;

/**
 * Throws what is wrong with options, and tells whether they ask for anything: those of most
 * requests do not, and cost next to nothing here.
 */
export function checkAskOptions(apiName: string, options: AskOptions): boolean {
  must(typeof options === "object" && !!options, apiName, "options must be an object", options);
  const { timeoutMs, signal, ...others } = options as AskOptions & Record<string, unknown>;
  if (timeoutMs !== undefined) {
    // Only integers in range are what their lowest 31 bits are.
    const isTime = typeof timeoutMs === "number" && (timeoutMs & MAX_MS) === timeoutMs;
    must(isTime, apiName, `timeoutMs must be an integer from 0 to ${MAX_MS}`, timeoutMs);
  }
  if (signal !== undefined) {
    const isSignal = typeof signal?.addEventListener === "function" && "aborted" in signal;
    must(isSignal, apiName, "signal must be an AbortSignal", signal);
  }
  for (const name of Object.keys(others)) {
    must(false, apiName, `there is no option ${name}`, others[name]);
  }
  return timeoutMs !== undefined || signal !== undefined;
}

export function must(isRight: boolean, apiName: string, what: string, value: unknown) {
  if (!isRight) throw failure("ERR_INVALID_OPTION", `${apiName}: ${what}, got ${describe(value)}`);
}
