import type { MainEvent } from "../../../index";
import type { Switchyard } from "../../core/switchyard";
import { type Code, Kind } from "../../protocol/protocol";
import { type Sender, warn } from "../../requests";
import type { Documents } from "../documents/documents";
import type { Windows } from "../windows";

/** A message that a page with electron-prokit's preload could not be given. */
export interface Failure {
  /** Undefined where main sent it. */
  readonly sender: Sender | undefined;
  readonly code: Extract<Code, "ERR_BAD_PACKET" | "ERR_NOT_CLONEABLE">;
  readonly error: unknown;
}

/** In UTF-16 units. */
const MAX_ERROR_LENGTH = 200;

const warned = new Set<string>();

/** Reports a window's failures to their senders, those of one turn of the event loop together. */
export class ProkitFailures {
  /** By sender and code: the first of a turn, and how many there are. */
  private readonly _counts = new Map<string, { readonly first: Failure; count: number }>();

  constructor(
    private readonly _contents: number,
    private readonly _documents: Documents,
    private readonly _switchyard: Switchyard<MainEvent>,
    private readonly _windows: Pick<Windows, "contentsOf" | "nameOf">,
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
      const sentence = `Electron could not send the message to electron-prokit's preload: ${`${first.error}`.slice(0, MAX_ERROR_LENGTH)}`;
      if (!this._notify(first, count, sentence)) this._warn(sentence);
    }
  }

  /** Notifies the sender of `count` messages; false where there is no such sender any more. */
  private _notify({ sender, code }: Failure, count: number, sentence: string): boolean {
    const name = this._windows.nameOf(this._contents) ?? "";
    if (!sender) {
      this._switchyard.report(name, code, count, sentence);
      return true;
    }
    const { windowName } = sender;
    // A sender may be a view or a guest.
    const contents = windowName === undefined ? undefined : this._windows.contentsOf(windowName);
    if (!contents) return false;
    const nack = [Kind.Nack, name, code, null, count, sentence];
    this._documents.notify(contents.id, JSON.stringify([nack]));
    return true;
  }

  /** One line per window: a page that floods main with nonsense must not flood the log. */
  private _warn(sentence: string) {
    const { _contents: contents } = this;
    const fate = `a message to webContents ${contents} was not delivered, and its sender cannot be notified`;
    warn(warned, `${contents}`, `${fate}: ${sentence}`);
  }
}
