import { callEach, Roster } from "../ends";
import { append } from "../errors";

/** What a listener learns of a message beside the message. */
export interface RenderEvent {
  readonly windowName?: string | undefined;
  readonly origin?: string | undefined;
}

export type Listener = (event: RenderEvent, msg: unknown) => void;

type Arrival = readonly [event: RenderEvent, msg: unknown];

/** Who listens to a lane of messages in this world. */
export class Listeners extends Roster<Listener> {
  /** What came, in order, and stays only while nobody listens: the last listener may leave while
   * messages are on their way. */
  private readonly stranded: Arrival[] = [];

  override add(listener: Listener): () => void {
    const remove = super.add(listener);
    Promise.resolve().then(() => this.deliverStranded());
    return remove;
  }

  deliver(event: RenderEvent, msg: unknown) {
    if (this.any && this.stranded.length === 0) return callEach(this.members, event, msg);
    append(this.stranded, [event, msg]);
    this.deliverStranded();
  }

  /** Who is added meanwhile gets the next message, who is removed still gets this one. */
  private deliverStranded() {
    while (this.any && this.stranded.length > 0) {
      callEach(this.members, ...(this.stranded.shift() as Arrival));
    }
  }
}
