import { define } from "../errors";

/** Makes the controller of a signal. */
export type AbortSource = () => AbortController;

/** One request while its handlers run. */
export class IncomingRequest {
  /** Set once the request is cancelled. */
  _cancelled: { readonly reason: unknown } | undefined = undefined;
  private _aborter: AbortController | undefined = undefined;

  constructor(
    readonly _id: number,
    private readonly _makeController: AbortSource,
  ) {}

  /** Made at first use, because most handlers do not use it. */
  get signal(): AbortSignal {
    if (!this._aborter) {
      this._aborter = this._makeController();
      this._abortSignal();
    }
    return this._aborter.signal;
  }

  /** Nobody waits for the answer any more: aborts the signal, and no answer is sent. */
  _cancel(reason: unknown) {
    this._cancelled = { reason };
    this._abortSignal();
  }

  private _abortSignal() {
    const { _aborter: aborter, _cancelled: cancelled } = this;
    if (!aborter || !cancelled) return;
    const { signal } = aborter;
    // Before Chrome 98 and Node 17.2, abort takes no reason and signals have none.
    if (!("reason" in signal)) define(signal, cancelled);
    aborter.abort(cancelled.reason);
  }
}
