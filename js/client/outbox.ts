import type { Encoded } from "../codec";
import { append } from "../errors";
import { type Attachment, type Bridge, Kind } from "../protocol/protocol";

/**
 * The length from which on a packet is full. 1,000 requests at once take 0.8 of the time that they
 * take with packets of 60,000, for main answers the first while the last are made; 10,000 messages
 * take the same.
 */
const FULL = 16_000;

/**
 * Collects what a turn of the event loop sends, and sends it as few packets, by the turn's end. A
 * full one leaves at once, so that its receiver works at it while the next is made.
 */
export class Outbox {
  /** The records so far, without the brackets around them. */
  private _joined = "";
  private _attachments: Attachment[] = [];
  /** Whether there is anything to tell at the turn's end. */
  private _due = false;

  constructor(
    private readonly _bridge: Bridge,
    private readonly _lanesNow: () => number,
  ) {}

  /** The record `[kind, address, form, payload]`; the address is JSON, or a number. */
  _add(kind: number, address: string | number, msg: Encoded) {
    const record = `[${kind},${address},${msg.form},${msg.text}]`;
    // With a comma between and the brackets around, the packet stays below that.
    if (this._joined && this._joined.length + record.length + 3 >= FULL) this._post();
    this._joined += this._joined ? `,${record}` : record;
    for (const each of msg.attachments) append(this._attachments, each);
    this._schedule();
    // What is long is text, or memory of the app's.
    const isLong = msg.attachments.some((each) => !(each instanceof ArrayBuffer));
    if (isLong) this._post(kind === Kind.Request);
  }

  /** Sees to it that the lanes listened to are told, even if nothing is sent. */
  _schedule() {
    if (this._due) return;
    this._due = true;
    // A microtask: sends of one turn share a packet, and no timer delays a single one.
    Promise.resolve().then(() => this._due && this._post());
  }

  /** `toMain`: what is long is for main itself. */
  private _post(toMain?: boolean) {
    const { _joined: joined, _attachments: attachments } = this;
    this._due = false;
    this._joined = "";
    this._attachments = [];
    this._bridge.post(this._lanesNow(), joined && `[${joined}]`, attachments, toMain);
  }
}
