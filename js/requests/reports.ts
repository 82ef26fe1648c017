import { describe } from "../errors";
import type { Code } from "../protocol/protocol";
import { Callbacks, callEach } from "./callbacks";

/** Messages that will not be delivered. */
export interface Report {
  readonly windowName: string;
  readonly count: number;
  readonly code: Code;
  readonly reason: string | undefined;
  readonly message: string;
}

/** Lines of a world, so that what it remembers is bounded. */
const MAX_LINES = 50;

type Listener = (report: Report) => void;

/**
 * Tells the app of messages that will not be delivered; on the console while it does not listen.
 */
export class Reports {
  protected readonly _listeners = new Callbacks<Listener>(() => undefined);
  private readonly _warned = new Set<string>();

  add(listener: Listener): () => void {
    return this._listeners.add(listener);
  }

  report(windowName: string, code: Code, reason: string | null, count: number, message: string) {
    const given = { windowName, count, code, reason: reason ?? undefined, message };
    const report = Object.freeze(given);
    const isHeard = this._listeners._hasAny;
    callEach(this._listeners._all.map((each) => () => each(report)));
    // One line for each window and reason.
    const fate = windowName + code + reason;
    if (isHeard || this._warned.size === MAX_LINES || this._warned.has(fate)) return;
    this._warned.add(fate);
    console.warn(
      `electron-switchyard: not delivered to ${describe(windowName)} (${count}): ${message} [${code}]`,
    );
  }
}
