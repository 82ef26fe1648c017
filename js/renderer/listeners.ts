import { Roster, throwLater } from "../ends";

/** What a listener learns of a message beside the message. */
export interface RenderEvent {
  readonly windowName?: string | undefined;
  readonly origin?: string | undefined;
}

export type Listener = (event: RenderEvent, msg: unknown) => void;

/** Who listens to a lane of messages in this world. */
export class Listeners extends Roster<Listener> {
  /** What came, in order, and stays only while nobody listens: the last listener may leave while
   * messages are on their way. */
  private readonly stranded: { readonly event: RenderEvent; readonly msg: unknown }[] = [];

  override add(listener: Listener): () => void {
    const remove = super.add(listener);
    if (this.stranded.length > 0) Promise.resolve().then(() => this.deliverStranded());
    return remove;
  }

  deliver(event: RenderEvent, msg: unknown) {
    if (this.any && this.stranded.length === 0) return this.tell(event, msg);
    this.stranded.push({ event, msg });
    this.deliverStranded();
  }

  private deliverStranded() {
    while (this.any) {
      const arrival = this.stranded.shift();
      if (!arrival) return;
      this.tell(arrival.event, arrival.msg);
    }
  }

  /** Who is added meanwhile gets the next message, who is removed still gets this one. */
  private tell(event: RenderEvent, msg: unknown) {
    const { members } = this;
    for (let i = 0; i < members.length; i++) {
      const listener = members[i] as Listener;
      try {
        listener(event, msg);
      } catch (error) {
        throwLater(error);
      }
    }
  }
}
