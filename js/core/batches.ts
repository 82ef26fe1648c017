import type { Encoded } from "../codec";
import { MAX_FRAGMENT } from "../protocol/protocol";
import { addressOf } from "../requests";
import type { Router } from "./binding";

/** A record adds less than this to its payload, and a character of it has no more bytes. */
const MAX_HEAD_BYTES = 64;
const MAX_BYTES_OF_CHARACTER = 3;

type MessageFunctions = ReturnType<Router["messageFunctions"]>;

/** A window's messages of this turn, and the lease: what its queue has room for at least. */
interface Batch {
  /** Messages, and bytes. */
  records: number;
  bytes: number;
  readonly head: string;
  lines: string;
}

/**
 * Hands what main sends to the router as lines of one text, because a call over Node-API takes
 * 0.5 us, and to route a record 0.15. A window's queue is asked for a lease once. The lease holds until
 * others may have put something there. An error is therefore thrown at its own message.
 */
export class Batches {
  /** By window, where there is a lease. */
  private readonly _batches = new Map<string, Batch>();
  /** Lines that come before those of the batches. */
  private _lines = "";
  /** Whether there may be lines in a batch. */
  private _hasLines = false;
  /** Whether there are answers, which take room that the leases do not know of. */
  private _hasAnswers = false;
  /** Whether the router may have reports for windows, which take room when they are routed. */
  private _mayHaveReports = false;
  /** The router for all other calls: what was sent before goes to it before each. */
  readonly router: Router;
  private readonly _routePacket: MessageFunctions[0];
  private readonly _routeLines: MessageFunctions[1];

  constructor(private readonly _router: Router) {
    [this._routePacket, this._routeLines] = _router.messageFunctions();
    this.router = routerAfter(_router, () => this._forget());
  }

  /**
   * Sends a message without attachments; whether there is so much to send already that it is better
   * handed over now. Throws where the window is unknown or its queue full.
   */
  send(windowName: string, { form, text }: Encoded): boolean {
    const size = MAX_HEAD_BYTES + MAX_BYTES_OF_CHARACTER * text.length;
    const batch = this._batchFor(windowName, size);
    if (!batch) {
      this._sendAlone(windowName, form, text);
      return false;
    }
    batch.records -= 1;
    batch.bytes -= size;
    batch.lines += `\n${form},${text}`;
    this._hasLines = true;
    return batch.lines.length >= MAX_FRAGMENT;
  }

  /** Answers a request, without attachments. */
  answer(asker: number, id: number, ok: boolean, { form, text }: Encoded) {
    this._gather();
    this._add(`=${asker},${id},${ok ? 1 : 0},${form},${text}`);
    this._hasAnswers = true;
  }

  /** Hands all over, so that what is done next comes after it. */
  flush() {
    const lines = this._gatheredLines();
    if (lines !== "") this._routeLines(0, lines);
  }

  /**
   * Hands all over. Returns what the router hands out then, up to `bytes` of text; packets.ts says
   * how.
   */
  nextPackets(bytes: number): string {
    const lines = this._gatheredLines();
    if (this._mayHaveReports) this._forgetLeases();
    this._mayHaveReports = false;
    return this._routeLines(bytes, lines);
  }

  /** Routes a packet from a window. Returns what can go then, as {@link nextPackets}. */
  receive(endpoint: number, lanes: number, packet: string, bytes: number): string {
    this._forget();
    return this._routePacket(endpoint, lanes, packet, bytes);
  }

  /** An endpoint has taken more packets. That takes no room. */
  acknowledge(endpoint: number, packets: number) {
    this.flush();
    this._router.acknowledge(endpoint, packets);
  }

  /** Hands all over, before others may take room, or drop something. */
  private _forget() {
    this.flush();
    this._forgetLeases();
    this._mayHaveReports = true;
  }

  private _forgetLeases() {
    // A Map that is cleared gets new memory, though it was empty.
    if (this._batches.size > 0) this._batches.clear();
  }

  /** Undefined if the window may have no room for it, or had none in this turn before. */
  private _batchFor(windowName: string, size: number): Batch | undefined {
    // A message to another window takes no room of this one, but an answer may.
    if (this._hasAnswers) this.flush();
    const known = this._batches.get(windowName);
    if (known && isEnough(known, size)) return known;
    if (known === FULL) return undefined;
    if (known) this.flush();
    const [records, bytes] = this._router.lease(windowName);
    const batch = { records, bytes, head: `>${addressOf(windowName)}`, lines: "" };
    this._batches.set(windowName, batch);
    return isEnough(batch, size) ? batch : undefined;
  }

  private _sendAlone(windowName: string, form: number, text: string) {
    this._forget();
    this._batches.set(windowName, FULL);
    this._router.send(windowName, form, text, 0, NO_SIZES);
  }

  private _gatheredLines(): string {
    this._gather();
    const { _lines: lines } = this;
    this._lines = "";
    if (this._hasAnswers) this._forgetLeases();
    this._hasAnswers = false;
    return lines;
  }

  /** Puts the messages of all batches behind the lines. */
  private _gather() {
    if (!this._hasLines) return;
    this._hasLines = false;
    for (const batch of this._batches.values()) {
      if (batch.lines === "") continue;
      this._add(batch.head + batch.lines);
      batch.lines = "";
    }
  }

  private _add(lines: string) {
    this._lines = this._lines === "" ? lines : `${this._lines}\n${lines}`;
  }
}

function isEnough(lease: Batch, size: number): boolean {
  return lease.records > 0 && lease.bytes >= size;
}

const NO_SIZES: number[] = [];

/** The lease was not enough: each further message of this turn goes alone. */
const FULL: Batch = { records: 0, bytes: 0, head: "", lines: "" };

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
