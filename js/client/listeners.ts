import { append } from "../errors";
import { Callbacks, callEach } from "../requests";

/** What a listener learns of a message beside the message. */
export interface RenderEvent {
  readonly windowName?: string | undefined;
  readonly origin?: string | undefined;
}

export type Listener = (event: RenderEvent, msg: unknown) => void;

type Arrival = readonly [event: RenderEvent, msg: unknown];

/** Who listens to a lane of messages in this world. */
export class Listeners extends Callbacks<Listener> {
  /** What came, in order, and stays only while nobody listens: the last listener may leave while
   * messages are on their way. */
  private readonly _stranded: Arrival[] = [];

  override add(listener: Listener): () => void {
    const remove = super.add(listener);
    Promise.resolve().then(() => this._deliverStranded());
    return remove;
  }

  deliver(event: RenderEvent, msg: unknown) {
    if (this._hasAny && this._stranded.length === 0) return callEach(this._all, event, msg);
    append(this._stranded, [event, msg]);
    this._deliverStranded();
  }

  /** Who is added meanwhile gets the next message, who is removed still gets this one. */
  private _deliverStranded() {
    while (this._hasAny && this._stranded.length > 0) {
      callEach(this._all, ...(this._stranded.shift() as Arrival));
    }
  }
}
