import { describe } from "../errors";
import type { Code, OfTopic } from "../protocol/protocol";
import { Callbacks, callEach } from "./callbacks";

/** Messages, or values of a topic, that will not be delivered. */
export interface Report {
  /** Empty if the report is about a topic, and not about a window with a name. */
  readonly windowName: string;
  readonly topic?: string;
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

  report(
    subject: string | OfTopic,
    code: Code,
    reason: string | null,
    count: number,
    message: string,
  ) {
    const [topic, windowName] = typeof subject === "string" ? [undefined, subject] : subject;
    const of = topic === undefined ? {} : { topic: topic || "" };
    const reported = { windowName: windowName || "", ...of, count, code };
    const report = Object.freeze({ ...reported, reason: reason ?? undefined, message });
    const hasListeners = this._listeners._hasAny;
    callEach(this._listeners._all.map((each) => () => each(report)));
    // One line for each subject and reason.
    const cause = subject + code + reason;
    if (hasListeners || this._warned.size === MAX_LINES || this._warned.has(cause)) return;
    this._warned.add(cause);
    console.warn(
      `electron-switchyard: ${whatOf(subject)} were not delivered (${count}): ${message} [${code}]`,
    );
  }
}

/** The messages or values, for a line on the console. */
export function whatOf(subject: string | OfTopic): string {
  return typeof subject === "string"
    ? `messages to ${describe(subject)}`
    : `values of topic ${subject.map(describe).join(" to ")}`;
}
