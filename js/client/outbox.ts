import type { Encoded } from "../codec";
import { append } from "../errors";
import { type Attachment, type Bridge, Kind } from "../protocol/protocol";

/**
 * The length of a full packet, in characters. 1,000 requests at once take 0.8 of the time that they take
 * with packets of 60,000, because main answers the first while the last are made. 10,000 messages take
 * the same time with both.
 */
const FULL_PACKET = 16_000;

/**
 * Collects the records of a turn of the event loop, and posts them as few packets by the end of the turn.
 * A full packet is posted at once, so that its receiver works at it while the next one is made.
 */
export class Outbox {
  /** The records so far, without the last two brackets. */
  private _joined = "";
  private _attachments: Attachment[] = [];
  /** Whether the end of the turn will post. */
  private _isScheduled = false;

  constructor(
    private readonly _bridge: Bridge,
    private readonly _lanesNow: () => number,
  ) {}

  /** The record `[kind, address, form, payload]`; the address is JSON, or a number. */
  _add(kind: number, address: string | number, { form, text, attachments }: Encoded) {
    // biome-ignore lint/style/useTemplate: a template takes twice the time for each number.
    const record = kind + "," + address + "," + form + "," + text;
    // 5 are the comma and four brackets.
    if (this._joined && this._joined.length + record.length + 5 >= FULL_PACKET) this._post();
    this._joined += (this._joined ? "],[" : "[[") + record;
    let isLong = false;
    for (const each of attachments) {
      append(this._attachments, each);
      // Long attachments are text, or memory of the app, which it may change after this call.
      isLong = isLong || !(each instanceof ArrayBuffer);
    }
    this._schedule();
    if (isLong) this._post(kind === Kind.Request);
  }

  /** Posts at the end of the turn, if only the lanes that have listeners. */
  _schedule() {
    if (this._isScheduled) return;
    this._isScheduled = true;
    // In a microtask, the records of a turn share a packet, and no timer delays a single one.
    Promise.resolve().then(() => this._isScheduled && this._post());
  }

  /** Posts what there is. `toMain`: main itself is the destination of long attachments. */
  _post(toMain?: boolean) {
    const { _joined: joined, _attachments: attachments } = this;
    this._isScheduled = false;
    this._joined = "";
    this._attachments = [];
    this._bridge.post(this._lanesNow(), joined && `${joined}]]`, attachments, toMain);
  }
}
