import { Lane } from "../protocol/protocol";

/** What a listener learns of a message beside the message. */
export interface RenderEvent {
  readonly windowName?: string | undefined;
}

export type Listener = (event: RenderEvent, msg: unknown) => void;

type Arrival = readonly [event: RenderEvent, msg: unknown];

/** Who listens to which lane in this world. */
export class Listeners {
  private readonly byLane = {
    [Lane.FromMain]: new Set<Listener>(),
    [Lane.FromOther]: new Set<Listener>(),
  };
  /** What came, in order, and stays only while nobody listens: the last listener may leave while
   * messages are on their way. */
  private readonly stranded: Record<Lane, Arrival[]> = {
    [Lane.FromMain]: [],
    [Lane.FromOther]: [],
  };

  /** `changed` hears when a lane gets its first listener or loses its last. */
  constructor(private readonly changed: () => void) {}

  add(lane: Lane, listener: Listener): () => void {
    const listeners = this.byLane[lane];
    listeners.add(listener);
    if (listeners.size === 1) {
      this.changed();
      if (this.stranded[lane].length > 0) Promise.resolve().then(() => this.deliverStranded(lane));
    }
    return () => this.remove(lane, listener);
  }

  remove(lane: Lane, listener: Listener) {
    const listeners = this.byLane[lane];
    if (listeners.delete(listener) && listeners.size === 0) this.changed();
  }

  /** The bits of the lanes that have a listener. */
  lanes(): number {
    return bit(this.byLane, Lane.FromMain) | bit(this.byLane, Lane.FromOther);
  }

  deliver(lane: Lane, ...arrival: Arrival) {
    this.stranded[lane].push(arrival);
    this.deliverStranded(lane);
  }

  private deliverStranded(lane: Lane) {
    const listeners = this.byLane[lane];
    const arrivals = this.stranded[lane];
    while (listeners.size > 0) {
      const arrival = arrivals.shift();
      if (!arrival) return;
      // A copy: who is added meanwhile gets the next message, who is removed still gets this one.
      for (const listener of [...listeners]) call(listener, arrival);
    }
  }
}

function bit(byLane: Record<Lane, Set<Listener>>, lane: Lane): number {
  return byLane[lane].size > 0 ? lane : 0;
}

/** A listener that throws stops nobody else; its error is uncaught, as in any event handler. */
function call(listener: Listener, [event, msg]: Arrival) {
  try {
    listener(event, msg);
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
}
