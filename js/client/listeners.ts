import { append } from "../errors";
import { Callbacks, callEach } from "../requests";

/** The event of a message, for its listeners. */
export interface RenderEvent {
  readonly windowName?: string | undefined;
  readonly origin?: string | undefined;
}

export type Listener = (event: RenderEvent, msg: unknown) => void;

type Arrival = readonly [event: RenderEvent, msg: unknown];

/** The listeners of one lane in this world. */
export class Listeners extends Callbacks<Listener> {
  /**
   * Messages that came after the last listener was removed, in order. They wait for the next listener:
   * main learns of the change later.
   */
  private readonly _pending: Arrival[] = [];

  /** Written out, because the one that the compiler adds passes on all arguments. */
  constructor(changed: () => void) {
    super(changed);
  }

  override add(listener: Listener): () => void {
    const remove = super.add(listener);
    Promise.resolve().then(() => this._deliverPending());
    return remove;
  }

  deliver(event: RenderEvent, msg: unknown) {
    if (this._hasAny && this._pending.length === 0) return callEach(this._all, event, msg);
    append(this._pending, [event, msg]);
    this._deliverPending();
  }

  /** A listener that is added during a dispatch gets the next message. One that is removed still gets this one. */
  private _deliverPending() {
    while (this._hasAny && this._pending.length > 0) {
      callEach(this._all, ...(this._pending.shift() as Arrival));
    }
  }
}
