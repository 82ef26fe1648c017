import type { Encoded } from "../codec";
import { Kind, Lane, MAX_FRAGMENT } from "../protocol/protocol";
import { addressOf } from "../requests";
import { type Address, Admission, bytesOf, MAX_HEAD_BYTES } from "./admission";
import type { Router } from "./binding";
import { hasMark, Mark } from "./packets";

type MessageFunctions = ReturnType<Router["messageFunctions"]>;

/** Hands a packet of one record to its document. */
export type DeliverSingle = (to: Address, packet: string) => void;

/** A window's messages of this turn, and the lease: what its queue has room for at least. */
interface Batch {
  /** Messages, and bytes. */
  records: number;
  bytes: number;
  /** Whether it is true until main's own records have used it, whatever others do. */
  readonly isLasting: boolean;
  readonly head: string;
  /** The only message so far. */
  single: Encoded | undefined;
  lines: string;
}

/** An answer of main to a request. */
interface Answer {
  readonly asker: number;
  readonly id: number;
  readonly ok: 0 | 1;
  readonly payload: Encoded;
}

/**
 * Hands what main sends to the router as lines of one text, because a call over Node-API takes
 * 0.5 us, and to route a record 0.15. A record that is alone does not become text: the router is asked
 * whether it can go at once.
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
  /** The batches that have messages. */
  private _filled: [windowName: string, batch: Batch][] = [];
  /** Whether any lease ends when others may have put something there. */
  private _hasBriefLeases = false;
  /** Whether the router may have something to hand out that it was not asked for. */
  private _mayHaveMore = false;
  /** The router for all other calls: what was sent before goes to it before each. */
  readonly router: Router;
  readonly admission: Admission;
  private readonly _routePacket: MessageFunctions[0];
  private readonly _routeLines: MessageFunctions[1];
  private readonly _acknowledge: MessageFunctions[5];

  constructor(private readonly _router: Router) {
    const [routePacket, routeLines, request, answer, message, acknowledge] =
      _router.messageFunctions();
    this._routePacket = routePacket;
    this._routeLines = routeLines;
    this._acknowledge = acknowledge;
    this.admission = new Admission(_router, request, answer, message);
    this.router = routerAfter(_router, () => this._forget());
  }

  /**
   * Sends a message without attachments; whether there is so much to send already that it is better
   * handed over now. Throws where the window is unknown or its queue full.
   */
  send(windowName: string, msg: Encoded): boolean {
    const size = MAX_HEAD_BYTES + bytesOf(msg.text);
    const batch = this._batchFor(windowName, size);
    if (!batch) {
      this._sendAlone(windowName, msg);
      return false;
    }
    batch.records -= 1;
    batch.bytes -= size;
    this._joinAnswer();
    if (batch.lines === "" && !batch.single) {
      batch.single = msg;
      this._filled.push([windowName, batch]);
    } else {
      joinSingle(batch);
      batch.lines += lineOf(msg);
    }
    return batch.lines.length >= MAX_FRAGMENT;
  }

  /** Answers a request, without attachments. */
  answer(asker: number, id: number, ok: boolean, payload: Encoded) {
    const answer: Answer = { asker, id, ok: ok ? 1 : 0, payload };
    if (this._isEmpty) {
      this._answer = answer;
      return;
    }
    this._gather();
    this._addAnswer(answer);
  }

  /** Hands all over, so that what is done next comes after it. */
  flush() {
    this._gather();
    if (this._lines === "") return;
    this._noted(this._routeLines(0, this._takeLines()));
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
    return this._noted(this._routeLines(bytes, lines));
  }

  /** Routes a packet from a window. Returns what can go then, as {@link nextPackets}. */
  receive(endpoint: number, lanes: number, packet: string, bytes: number): string {
    this._othersMaySend();
    return this._noted(this._routePacket(endpoint, lanes, packet, bytes));
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

  /** Where nothing was asked for, the router says that there may be more. */
  private _noted(out: string): string {
    this._mayHaveMore = hasMark(out, Mark.More);
    return out;
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

  /** Hands all over, before others may take room, or drop something. */
  private _othersMaySend() {
    this.flush();
    if (!this._hasBriefLeases) return;
    this._hasBriefLeases = false;
    for (const [name, { isLasting }] of this._batches) if (!isLasting) this._batches.delete(name);
  }

  /** Undefined if the window may have no room for it, or had none in this turn before. */
  private _batchFor(windowName: string, size: number): Batch | undefined {
    const known = this._batches.get(windowName);
    if (known && isEnough(known, size)) return known;
    if (known === FULL) return undefined;
    if (known) this.flush();
    const [records, bytes, isLasting] = this._router.lease(windowName);
    const head = `>${addressOf(windowName)}`;
    const batch = { records, bytes, isLasting, head, single: undefined, lines: "" };
    this._batches.set(windowName, batch);
    if (!isLasting) this._hasBriefLeases = true;
    return isEnough(batch, size) ? batch : undefined;
  }

  private _sendAlone(windowName: string, { form, text }: Encoded) {
    this._forget();
    this._batches.set(windowName, FULL);
    this._hasBriefLeases = true;
    this._router.send(windowName, form, text, 0, NO_SIZES);
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
    const packet = `[[${Kind.Reply},${id},${ok},${payload.form},${payload.text}]]`;
    const address = this.admission.answer(asker, id, packet);
    if (!address) return;
    this._answer = undefined;
    deliver(address, packet);
  }

  private _admitMessage(windowName: string, batch: Batch, msg: Encoded, deliver: DeliverSingle) {
    const listener = this.admission.listener(windowName, Lane.FromMain);
    if (listener === 0) return;
    const packet = `[[${Kind.FromMain},${msg.form},${msg.text}]]`;
    const address = this.admission.message(MAIN, 0, listener, packet);
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
    this._addAnswer(answer);
  }

  private _addAnswer({ asker, id, ok, payload }: Answer) {
    this._add(`=${asker},${id},${ok},${payload.form},${payload.text}`);
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

/** In place of an endpoint. */
const MAIN = 0;

const NO_SIZES: number[] = [];

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

function joinSingle(batch: Batch) {
  if (!batch.single) return;
  batch.lines = lineOf(batch.single);
  batch.single = undefined;
}

function lineOf({ form, text }: Encoded): string {
  return `\n${form},${text}`;
}

function routerAfter(router: Router, first: () => void): Router {
  const after: Record<string, unknown> = {};
  for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(router))) {
    if (name === "constructor") continue;
    const method = router[name as keyof Router] as (...args: unknown[]) => unknown;
    after[name] = (...args: unknown[]) => {
      first();
      return method.apply(router, args);
    };
  }
  return after as unknown as Router;
}
