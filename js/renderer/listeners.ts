import { callEach } from "../ends";

/** What a listener learns of a message beside the message. */
export interface RenderEvent {
  readonly windowName?: string | undefined;
  readonly origin?: string | undefined;
}

export type Listener = (event: RenderEvent, msg: unknown) => void;

type Arrival = readonly [event: RenderEvent, msg: unknown];

/** Who listens to a lane of messages in this world. */
export class Listeners {
  private readonly listeners = new Set<Listener>();
  /** What came, in order, and stays only while nobody listens: the last listener may leave while
   * messages are on their way. */
  private readonly stranded: Arrival[] = [];

  /** `changed` hears when the lane gets its first listener or loses its last. */
  constructor(private readonly changed: () => void) {}

  get any(): boolean {
    return this.listeners.size > 0;
  }

  add(listener: Listener): () => void {
    const none = !this.any;
    this.listeners.add(listener);
    if (none) {
      this.changed();
      Promise.resolve().then(() => this.deliverStranded());
    }
    return () => this.remove(listener);
  }

  remove(listener: Listener) {
    if (this.listeners.delete(listener) && !this.any) this.changed();
  }

  deliver(...arrival: Arrival) {
    this.stranded.push(arrival);
    this.deliverStranded();
  }

  private deliverStranded() {
    while (this.any) {
      const arrival = this.stranded.shift();
      if (!arrival) return;
      // Who is added meanwhile gets the next message, who is removed still gets this one.
      callEach(this.listeners, ...arrival);
    }
  }
}
