import type { Encoded } from "../codec";
import { complain } from "../requests";
import { sizeOfAll } from "../transport";
import type { Batches } from "./batches";
import type { Flush } from "./flush";
import type { Lender } from "./lender";
import type { Turn } from "./turn";

/** Sends the answers of main's handlers. */
export class Answers {
  constructor(
    private readonly _batches: Batches,
    private readonly _lender: Lender,
    private readonly _flush: Flush,
    private readonly _turn: Turn,
  ) {}

  send(endpoint: number, id: number, ok: boolean, answer: Encoded) {
    const { text, attachments } = answer;
    const isText = attachments.length === 0;
    this._turn.spend(isText ? text.length : text.length + sizeOfAll(attachments));
    try {
      if (isText) this._send(endpoint, id, ok, answer, "");
      else this._lender.lend(answer, (named) => this._send(endpoint, id, ok, answer, named));
    } catch (error) {
      // Not known to happen. If it does, it is one answer's end and not that of all behind it.
      complain("an answer could not be sent", error);
    } finally {
      this._flush.soon();
    }
  }

  private _send(asker: number, id: number, ok: boolean, payload: Encoded, named: string) {
    this._batches.answer({ asker, id, ok: ok ? 1 : 0, payload, named });
  }
}
