import type { Encoded } from "../codec";
import { Mark, UNKNOWN_NAMES } from "../protocol/exchange";
import { Kind, Lane, MAX_INLINE } from "../protocol/protocol";
import { type Address, Admission, bytesOf, MAX_HEAD_BYTES } from "./admission";
import type { Router } from "./binding";
import {
  type Answer,
  answerLine,
  beforePacket,
  callLine,
  cancelLine,
  checkedLine,
  messageLine,
  ownLine,
  windowLine,
} from "./lines";
import { hasMark } from "./packets";
import { ownError, routerWith, withOwnErrors } from "./router";

type MessageFunctions = ReturnType<Router["messageFunctions"]>;

/** Hands a packet of one record to its document. */
export type DeliverSingle = (to: Address, packet: string) => void;

/** A packet of a window's page. */
export interface Arrived {
  readonly endpoint: number;
  readonly lanes: number;
  readonly packet: string;
  /** The line that names its attachments, if it has any. */
  readonly named: string;
  /** In bytes of text: how much the router may hand out behind it. */
  readonly bytes: number;
}

/** A window's messages and calls of this turn, and the lease: the room that its queue has at least. */
interface Batch {
  /** Messages and calls, and bytes. */
  records: number;
  bytes: number;
  /** Whether it is true until main's own records have used it, whatever others do. */
  readonly isLasting: boolean;
  readonly head: string;
  /** A message, as long as there is nothing else. */
  single: Encoded | undefined;
  /** Each with a line break before it. */
  lines: string;
}

/**
 * The door to the router. All that main sends goes through it as lines of one text, because a call over
 * Node-API takes 0.5 us, and to route a record 0.15. A packet of a page goes with the lines before it,
 * and what can go then comes back (`js/protocol/exchange.ts`). A record that is alone does not become
 * text: the router is asked whether it can go at once.
 *
 * A window's queue is asked for a lease once. An error is therefore thrown at its own message.
 */
export class Batches {
  /** By window, where there is a lease. */
  private readonly _batches = new Map<string, Batch>();
  /** An answer, as long as there is nothing else. */
  private _answer: Answer | undefined;
  /** Lines that come before those of the batches. */
  private _lines = "";
  /** The batches that have messages or calls. */
  private _filled: [windowName: string, batch: Batch][] = [];
  /** Whether any lease ends when others may have put something there. */
  private _hasBriefLeases = false;
  /** Whether the router may have something to hand out that it was not asked for. */
  private _mayHaveMore = false;
  /** The router for all other calls: what was sent before goes to it before each. */
  readonly router: Router;
  readonly admission: Admission;
  private readonly _exchange: MessageFunctions[0];
  private readonly _acknowledge: MessageFunctions[4];

  private readonly _router: Router;

  constructor(router: Router) {
    const [exchange, request, answer, message, acknowledge] = router.messageFunctions();
    this._exchange = exchange;
    this._acknowledge = acknowledge;
    this._router = routerWith(router, withOwnErrors);
    this.admission = new Admission(router, request, answer, message);
    this.router = routerWith(this._router, (method) => (...args) => {
      this._forget();
      return method(...args);
    });
  }

  /**
   * Sends a message. Returns whether there is so much to send already that it is better handed over now.
   * Throws where the window is unknown or its queue full. `named`: the line of its attachments, if it has
   * any. `attachedBytes`: those that they count in a queue.
   */
  send(windowName: string, msg: Encoded, named: string, attachedBytes: number): boolean {
    const size = sizeOf(msg, attachedBytes);
    const batch = this._batchFor(windowName, size);
    if (!batch) {
      this._sendAlone(windowName, msg, named);
      return false;
    }
    spend(batch, size);
    this._joinAnswer();
    if (named === "" && !batch.single && batch.lines === "") {
      batch.single = msg;
      this._filled.push([windowName, batch]);
    } else {
      this._join(windowName, batch, messageLine(msg, named));
    }
    return batch.lines.length >= MAX_INLINE;
  }

  /** Calls a window. A rejection comes as a nack. */
  call(windowName: string, id: number, msg: Encoded, named: string, attachedBytes: number) {
    const size = sizeOf(msg, attachedBytes);
    const batch = this._batches.get(windowName);
    const line = callLine(id, msg, named);
    if (batch && isEnough(batch, size)) {
      spend(batch, size);
      this._joinAnswer();
      this._join(windowName, batch, `\n${line}`);
      return;
    }
    this._gather();
    this._add(`${windowLine(windowName)}\n${line}`);
    // It may take what a lease for less has promised.
    this._batches.delete(windowName);
  }

  /** Cancels a call, for a reason. */
  cancel(id: number, reason: Encoded, named: string) {
    this._gather();
    this._add(cancelLine(id, reason, named));
  }

  /**
   * Sends a record about a topic or a service. Returns whether there is so much to send already that it is better
   * handed over now. A rejection comes as a nack.
   */
  own(kind: Kind, address: number | string, payload: Encoded, named: string): boolean {
    this._gather();
    this._add(ownLine(kind, address, payload, named));
    // It, or its copies, may take what leases have promised.
    if ((kind === Kind.Publish || kind === Kind.Invoke) && this._batches.size > 0)
      this._batches.clear();
    return this._lines.length >= MAX_INLINE;
  }

  /** Answers a request. */
  answer(answer: Answer) {
    // An answer to main itself comes out with what the router hands out.
    if (this._isEmpty && answer.named === "" && answer.asker !== NOBODY) {
      this._answer = answer;
      return;
    }
    this._gather();
    this._add(answerLine(answer));
  }

  /** Hands all over, so that what is done next comes after it. */
  flush() {
    this._gather();
    if (this._lines !== "") this._cross(0, this._takeLines(), NOBODY, 0, "");
  }

  /**
   * Hands all over. Returns what the router hands out then, up to `bytes` of text; packets.ts says
   * how. A record that is alone is delivered here, if it can go at once.
   */
  nextPackets(bytes: number, deliver: DeliverSingle): string {
    if (this._lines === "") this._admitSingles(deliver);
    this._gather();
    const lines = this._takeLines();
    if (lines === "" && !this._mayHaveMore) return "";
    return this._cross(bytes, lines, NOBODY, 0, "");
  }

  /**
   * Routes a packet of a window, behind what main has sent. Returns what can go then, as
   * {@link nextPackets}. `resolve`: whether unknown names are to come back, and nothing is to be routed
   * then.
   */
  receive({ endpoint, lanes, packet, named, bytes }: Arrived, resolve = false): string {
    this._gather();
    this._forgetBriefLeases();
    const before = beforePacket(named, resolve);
    if (before !== "") this._add(before.slice(0, -1));
    return this._cross(bytes, this._takeLines(), endpoint, lanes, packet);
  }

  /** The slots that are free again. */
  takeFreedSlots(): number[] {
    return this._router.takeFreedSlots();
  }

  /** An endpoint has taken more packets. Whether there is more for it. */
  acknowledge(endpoint: number, packets: number): boolean {
    const hasMore = this._acknowledge(endpoint, packets);
    if (hasMore) this._mayHaveMore = true;
    return hasMore;
  }

  private get _isEmpty(): boolean {
    return !this._answer && this._lines === "" && this._filled.length === 0;
  }

  private _cross(
    bytes: number,
    lines: string,
    from: number,
    lanes: number,
    packet: string,
  ): string {
    // Also if it throws.
    this._mayHaveMore = true;
    try {
      const out = this._exchange(bytes, lines, from, lanes, packet);
      if (out[0] !== UNKNOWN_NAMES) this._mayHaveMore = hasMark(out, Mark.More);
      return out;
    } catch (error) {
      throw ownError(error);
    }
  }

  /** Hands all over, before a call that may change anything. */
  private _forget() {
    this.flush();
    // A Map that is cleared gets new memory, though it was empty.
    if (this._batches.size > 0) this._batches.clear();
    this._hasBriefLeases = false;
    this._mayHaveMore = true;
    this.admission.doubt();
  }

  /** Others may take room, or drop something. */
  private _forgetBriefLeases() {
    if (!this._hasBriefLeases) return;
    this._hasBriefLeases = false;
    for (const [name, { isLasting }] of this._batches) if (!isLasting) this._batches.delete(name);
  }

  /** Undefined if the window may have no room for it, or had none in this turn before. */
  private _batchFor(windowName: string, size: number): Batch | undefined {
    const known = this._batches.get(windowName);
    if (known && isEnough(known, size)) return known;
    if (known === FULL) return undefined;
    // Lines that are not there yet count against it.
    if (known || this._lines !== "") this.flush();
    const [records, bytes, isLasting] = this._router.lease(windowName);
    const head = windowLine(windowName);
    const batch = { records, bytes, isLasting, head, single: undefined, lines: "" };
    this._batches.set(windowName, batch);
    if (!isLasting) this._hasBriefLeases = true;
    return isEnough(batch, size) ? batch : undefined;
  }

  private _sendAlone(windowName: string, msg: Encoded, named: string) {
    this._forget();
    this._batches.set(windowName, FULL);
    this._hasBriefLeases = true;
    this._cross(0, `${windowLine(windowName)}\n${checkedLine(msg, named)}`, NOBODY, 0, "");
  }

  /** Puts a line behind those of a batch, with the line break before it. */
  private _join(windowName: string, batch: Batch, line: string) {
    if (batch.lines === "" && !batch.single) this._filled.push([windowName, batch]);
    joinSingle(batch);
    batch.lines += line;
  }

  /** Delivers what is alone, where the router admits it. */
  private _admitSingles(deliver: DeliverSingle) {
    if (this._answer) return this._admitAnswer(this._answer, deliver);
    for (const [windowName, batch] of this._filled) {
      if (batch.single) this._admitMessage(windowName, batch, batch.single, deliver);
    }
  }

  private _admitAnswer(answer: Answer, deliver: DeliverSingle) {
    const { asker, id, ok, payload } = answer;
    const { form, text } = payload;
    // A lone answer spends much of its time on each piece that is joined.
    const between = ok === 1 && form === 0 ? ",1,0," : `,${ok},${form},`;
    const packet = `[[${Kind.Reply},${id}${between}${text}]]`;
    const address = this.admission.answer(asker, id, packet);
    if (!address) return;
    this._answer = undefined;
    deliver(address, packet);
  }

  private _admitMessage(windowName: string, batch: Batch, msg: Encoded, deliver: DeliverSingle) {
    const listener = this.admission.listener(windowName, Lane.FromMain);
    if (listener === 0) return;
    const packet = `[[${Kind.FromMain},${msg.form},${msg.text}]]`;
    const address = this.admission.message(NOBODY, 0, listener, packet);
    if (!address) return;
    batch.single = undefined;
    deliver(address, packet);
  }

  /** Puts the messages of all batches behind the lines. */
  private _gather() {
    this._joinAnswer();
    if (this._filled.length === 0) return;
    for (const [, batch] of this._filled) {
      joinSingle(batch);
      if (batch.lines !== "") this._add(batch.head + batch.lines);
      batch.lines = "";
    }
    this._filled = [];
  }

  private _joinAnswer() {
    const { _answer: answer } = this;
    if (!answer) return;
    this._answer = undefined;
    this._add(answerLine(answer));
  }

  private _add(lines: string) {
    this._lines = this._lines === "" ? lines : `${this._lines}\n${lines}`;
  }

  private _takeLines(): string {
    const { _lines: lines } = this;
    this._lines = "";
    return lines;
  }
}

/** In place of a page's endpoint. */
const NOBODY = 0;

/** The lease was not enough: each further message of this turn goes alone. */
const FULL: Batch = {
  records: 0,
  bytes: 0,
  isLasting: false,
  head: "",
  single: undefined,
  lines: "",
};

function isEnough(lease: Batch, size: number): boolean {
  return lease.records > 0 && lease.bytes >= size;
}

function spend(lease: Batch, size: number) {
  lease.records -= 1;
  lease.bytes -= size;
}

/** In bytes, at least that of its record in a queue. */
function sizeOf({ text }: Encoded, attachedBytes: number): number {
  return MAX_HEAD_BYTES + bytesOf(text) + attachedBytes;
}

function joinSingle(batch: Batch) {
  if (!batch.single) return;
  batch.lines = messageLine(batch.single, "");
  batch.single = undefined;
}
