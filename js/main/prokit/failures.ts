import type { Code } from "../../protocol/protocol";
import { type Sender, warn } from "../../requests";

/** A message that a page with electron-prokit's preload could not be given. */
export interface Failure {
  /** Undefined where main sent it. */
  readonly sender: Sender | undefined;
  readonly code: Extract<Code, "ERR_BAD_PACKET" | "ERR_NOT_CLONEABLE">;
  readonly error: unknown;
}

/** Tells the sender of so many messages; false where there is no such sender any more. */
export type TellSender = (failure: Failure, count: number, sentence: string) => boolean;

/** In UTF-16 units. */
const MAX_ERROR_LENGTH = 200;

const warned = new Set<string>();

/** Reports a window's failures to their senders, those of one turn of the event loop together. */
export class ProkitFailures {
  /** By sender and code: the first of a turn, and how many there are. */
  private readonly _counts = new Map<string, { readonly first: Failure; count: number }>();

  constructor(
    private readonly _contents: number,
    private readonly _tell: TellSender,
  ) {}

  add(failure: Failure) {
    if (this._counts.size === 0) setImmediate(() => this._report());
    const key = JSON.stringify([failure.sender ?? null, failure.code]);
    const known = this._counts.get(key);
    if (known) known.count += 1;
    else this._counts.set(key, { first: failure, count: 1 });
  }

  private _report() {
    const failures = [...this._counts.values()];
    this._counts.clear();
    for (const { first, count } of failures) {
      const sentence = `electron-prokit's preload cannot be given the message: ${`${first.error}`.slice(0, MAX_ERROR_LENGTH)}`;
      if (!this._tell(first, count, sentence)) this._warn(sentence);
    }
  }

  /** One line per window: a page that floods main with nonsense must not flood the log. */
  private _warn(sentence: string) {
    const { _contents: contents } = this;
    const fate = `not delivered to webContents ${contents}, and its sender cannot be told`;
    warn(warned, `${contents}`, `${fate}: ${sentence}`);
  }
}
