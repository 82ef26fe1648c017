import type { Encoded } from "../codec";
import type { Bridge } from "../protocol/protocol";

/** Collects what a turn of the event loop sends, and sends it as one frame at the turn's end. */
export class Outbox {
  private records: string[] = [];
  private buffers: ArrayBuffer[] = [];
  private scheduled = false;

  constructor(
    private readonly bridge: Bridge,
    private readonly lanes: () => number,
  ) {}

  /** The record `[kind, address, form, payload]`; the address is JSON, or a number. */
  add(kind: number, address: string | number, msg: Encoded) {
    this.records.push(`[${kind},${address},${msg.form},${msg.text}]`);
    for (const buffer of msg.buffers) this.buffers.push(buffer);
    this.schedule();
  }

  /** Sees to it that the lanes listened to are told, even if nothing is sent. */
  schedule() {
    if (this.scheduled) return;
    this.scheduled = true;
    // A microtask: sends of one turn share a frame, and no timer delays a single one.
    Promise.resolve().then(() => this.flush());
  }

  private flush() {
    const { records, buffers } = this;
    this.scheduled = false;
    this.records = [];
    this.buffers = [];
    const frame = records.length > 0 ? `[${records.join(",")}]` : "";
    if (buffers.length > 0) this.bridge.post(this.lanes(), frame, buffers);
    else this.bridge.post(this.lanes(), frame);
  }
}
