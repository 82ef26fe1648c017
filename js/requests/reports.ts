import { describe, titled } from "../errors";
import type { Code } from "../protocol/protocol";
import { Callbacks, callEach } from "./callbacks";

/** Messages that will not be delivered. */
export interface Report {
  /** The service that is not served, if it is about one. */
  readonly service?: string | undefined;
  /** The topic, if the messages are its values. */
  readonly topic?: string | undefined;
  /** "" if they were for no window, or for windows without a name. */
  readonly windowName: string;
  readonly count: number;
  readonly code: Code;
  readonly reason: string | undefined;
  readonly message: string;
}

/** How many lines a world prints, so that its memory of them is bounded. */
const MAX_LINES = 50;

type Listener = (report: Report) => void;

/**
 * Notifies the app of messages that will not be delivered. While the app does not listen, a line on the
 * console says so.
 */
export class Reports {
  protected readonly _listeners = new Callbacks<Listener>(() => undefined);
  private readonly _warned = new Set<string>();

  add(listener: Listener): () => void {
    return this._listeners.add(listener);
  }

  report(windowName: string, code: Code, reason: string | null, count: number, message: string) {
    const given = { windowName, count, code, reason: reason ?? undefined, message };
    this.give(given, `messages to ${describe(windowName)}`);
  }

  /** `what`: the messages, for the console, which has one line for each of these and reason. */
  give(given: Report, what: string) {
    const report = Object.freeze(given);
    const hasListeners = this._listeners._hasAny;
    callEach(this._listeners._all, report);
    const { code, reason, count, message } = report;
    const cause = what + code + reason;
    if (hasListeners || this._warned.size === MAX_LINES || this._warned.has(cause)) return;
    this._warned.add(cause);
    console.warn(titled(`${what} were not delivered (${count}): ${message} [${code}]`));
  }
}
