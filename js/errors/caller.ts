import type { Bridge } from "../protocol/protocol";
import { define } from "./own";

/** Gives a call of the app its function that rejects. */
export type Trace = NonNullable<Bridge["trace"]>;

/** Eight of these are this package's at most. */
const MAX_FRAMES = 12;

/**
 * In calls, of each second. To capture the frames takes a page 16 us of the 88 that its thread works for a request
 * (Electron 33, AMD EPYC). With this limit an app that makes thousands of calls is as fast as it is when packaged.
 */
const MAX_TRACED = 100;

/**
 * The errors of later rejections get the lines of the app that made the call, below their own stack. V8 captures
 * the frames at the call, and makes their text only for a rejection.
 */
export const traced: Trace = (reject, apiName, options) => {
  const { stackTraceLimit } = Error as { stackTraceLimit?: number };
  // An assignment would throw where the app has frozen Error.
  Reflect.set(Error, "stackTraceLimit", MAX_FRAMES);
  const called = new Error();
  Reflect.set(Error, "stackTraceLimit", stackTraceLimit);
  return (error) => {
    // The app's own error may be the reason of several calls.
    if (error !== options?.signal?.reason) addCaller(error as Error, apiName, called);
    reject(error);
  };
};

/** Traces the first calls of each second. */
export function tracedAtFirst(): Trace {
  let second = 0;
  let left = 0;
  return (reject, apiName, options) => {
    const now = Math.floor(Date.now() / 1000);
    if (now !== second) left = MAX_TRACED;
    second = now;
    return left-- > 0 ? traced(reject, apiName, options) : reject;
  };
}

/** The line between is as V8 writes a frame that was awaited, so that tools read all lines as one stack. */
function addCaller(error: { stack?: string }, apiName: string, called: { stack?: string }) {
  try {
    const lines = called.stack?.split("\n") as string[];
    // The promise of the call is this package's, and so are three frames below it at least.
    const frames = lines.slice(4 + lines.findIndex((line) => /new .*Promise/.test(line)));
    // It is no error, or was thrown at the call itself and has the frames already.
    if (error.stack?.includes(frames[0] as string) !== false) return;
    const stack = [error.stack, `    at async ${apiName} (<anonymous>)`, ...frames].join("\n");
    define(error, { stack }, ["stack"]);
  } catch {
    // It is undefined, or frozen, or the app makes something else of stacks.
  }
}
