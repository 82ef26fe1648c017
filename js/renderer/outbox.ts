import type { Encoded } from "../codec";
import { type Attachment, type Bridge, Kind } from "../protocol/protocol";
import { type Refuse, Unheard } from "./unheard";

/**
 * The length from which on a frame is full. 1,000 requests at once take 0.8 of the time that they
 * take with frames of 60,000, for main answers the first while the last are made; 10,000 messages
 * take the same.
 */
const FULL = 16_000;

/**
 * Collects what a turn of the event loop sends, and sends it as few frames, by the turn's end. A
 * full one leaves at once, so that its receiver works at it while the next is made.
 */
export class Outbox {
  /** The records so far, without the brackets around them. */
  private joined = "";
  private attachments: Attachment[] = [];
  /** Whether there is anything to tell at the turn's end. */
  private due = false;
  /** Until main has answered the document's hello, on a bridge that needs one. */
  private unheard: Unheard | undefined;

  /** `refuse`: what becomes of records that main does not come to hear. */
  constructor(
    private readonly bridge: Bridge,
    private readonly lanesNow: () => number,
    refuse: Refuse,
  ) {
    if (!bridge.opened) return;
    this.unheard = new Unheard(refuse);
    bridge.opened(() => this.open());
  }

  /** The record `[kind, address, form, payload]`; the address is JSON, or a number. */
  add(kind: Kind, address: string | number, msg: Encoded) {
    if (this.unheard) return this.unheard.add(kind, address, msg);
    const record = `[${kind},${address},${msg.form},${msg.text}]`;
    // With a comma between and the brackets around, the frame stays below that.
    if (this.joined && this.joined.length + record.length + 3 >= FULL) this.post();
    this.joined += this.joined ? `,${record}` : record;
    for (const each of msg.attachments) this.attachments.push(each);
    this.schedule();
    // What is long is text, or memory of the app's.
    const isLong = msg.attachments.some((each) => !(each instanceof ArrayBuffer));
    if (isLong) this.post(kind === Kind.Request);
  }

  /** Sees to it that the lanes listened to are told, even if nothing is sent. */
  schedule() {
    if (this.unheard) return this.unheard.begin();
    if (this.due) return;
    this.due = true;
    // A microtask: sends of one turn share a frame, and no timer delays a single one.
    Promise.resolve().then(() => this.due && this.post());
  }

  private open() {
    const waiting = this.unheard?.end() ?? [];
    this.unheard = undefined;
    for (const record of waiting) this.add(...record);
    this.schedule();
  }

  /** `toMain`: what is long is for main itself. */
  private post(toMain?: boolean) {
    const { joined, attachments } = this;
    this.due = false;
    this.joined = "";
    this.attachments = [];
    this.bridge.post(this.lanesNow(), joined && `[${joined}]`, attachments, toMain);
  }
}
