import type { Encoded } from "../codec";
import { MAX_FRAGMENT } from "../protocol/protocol";
import { addressOf } from "../requests";
import type { Router } from "./binding";

/** More than a record adds to its payload, and than a character of it has bytes. */
const MAX_HEAD_BYTES = 64;
const MAX_BYTES_OF_CHARACTER = 3;

type MessageFunctions = ReturnType<Router["messageFunctions"]>;

/** A window's messages of this turn, and what its queue has room for at least. */
interface Batch {
  /** Messages, and bytes. */
  records: number;
  bytes: number;
  readonly head: string;
  lines: string;
}

/**
 * Hands what main sends to the router as lines of one text: to go over Node-API takes 0.5 us, to
 * route a record 0.15. What has room in a window's queue is asked once, and known until somebody
 * else may have put something there; so errors are thrown at the message that they belong to.
 */
export class Batches {
  /** By window, where its room is known. */
  private readonly _batches = new Map<string, Batch>();
  /** Lines that come before theirs. */
  private _lines = "";
  /** Whether there may be lines in a batch. */
  private _batched = false;
  /** Whether answers take room that the batches do not know of. */
  private _answered = false;
  /** Whether the router may have reports for windows, which take room when it drains. */
  private _reports = false;
  /** The router as it is for everybody else: what was sent before goes before. */
  readonly router: Router;
  private readonly _takePacket: MessageFunctions[0];
  private readonly _drain: MessageFunctions[1];

  constructor(private readonly _router: Router) {
    [this._takePacket, this._drain] = _router.messageFunctions();
    this.router = afterBatches(_router, () => this._forget());
  }

  /**
   * Sends a message without attachments; whether there is so much to send already that it is better
   * handed over now. Throws where the window is unknown or its queue full.
   */
  send(windowName: string, { form, text }: Encoded): boolean {
    const most = MAX_HEAD_BYTES + MAX_BYTES_OF_CHARACTER * text.length;
    const batch = this._batchFor(windowName, most);
    if (!batch) {
      this._sendAlone(windowName, form, text);
      return false;
    }
    batch.records -= 1;
    batch.bytes -= most;
    batch.lines += `\n${form},${text}`;
    this._batched = true;
    return batch.lines.length >= MAX_FRAGMENT;
  }

  /** Answers a request, without attachments. */
  answer(asker: number, id: number, ok: boolean, { form, text }: Encoded) {
    this._gather();
    this._add(`=${asker},${id},${ok ? 1 : 0},${form},${text}`);
    this._answered = true;
  }

  /** Hands all over, so that what is done next comes after it. */
  flush() {
    const lines = this._takeLines();
    if (lines !== "") this._drain(0, lines);
  }

  /** Hands all over, and takes what can go to the platform, to so many bytes of text; packets.ts. */
  nextPackets(bytes: number): string {
    const lines = this._takeLines();
    if (this._reports) this._forgetRooms();
    this._reports = false;
    return this._drain(bytes, lines);
  }

  /** Takes a packet from a window, and what can go then, as {@link nextPackets}. */
  take(endpoint: number, lanes: number, packet: string, bytes: number): string {
    this._forget();
    return this._takePacket(endpoint, lanes, packet, bytes);
  }

  /** An endpoint took so many packets more, which takes no room. */
  acknowledge(endpoint: number, packets: number) {
    this.flush();
    this._router.acknowledge(endpoint, packets);
  }

  /** Hands all over; others may take room then, or give something up. */
  private _forget() {
    this.flush();
    this._forgetRooms();
    this._reports = true;
  }

  private _forgetRooms() {
    // A Map that is cleared gets new memory, though it was empty.
    if (this._batches.size > 0) this._batches.clear();
  }

  /** Undefined where the window may have no room for it, or had none in this turn before. */
  private _batchFor(windowName: string, most: number): Batch | undefined {
    // What goes to other windows takes none of this one's room, but an answer may.
    if (this._answered) this.flush();
    const known = this._batches.get(windowName);
    if (known && has(known, most)) return known;
    if (known === FULL) return undefined;
    if (known) this.flush();
    const [records, bytes] = this._router.lease(windowName);
    const batch = { records, bytes, head: `>${addressOf(windowName)}`, lines: "" };
    this._batches.set(windowName, batch);
    return has(batch, most) ? batch : undefined;
  }

  private _sendAlone(windowName: string, form: number, text: string) {
    this._forget();
    this._batches.set(windowName, FULL);
    this._router.send(windowName, form, text, 0, NO_SIZES);
  }

  private _takeLines(): string {
    this._gather();
    const { _lines: lines } = this;
    this._lines = "";
    if (this._answered) this._forgetRooms();
    this._answered = false;
    return lines;
  }

  /** Puts the messages of all batches behind the lines. */
  private _gather() {
    if (!this._batched) return;
    this._batched = false;
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

function has(room: Batch, most: number): boolean {
  return room.records > 0 && room.bytes >= most;
}

const NO_SIZES: number[] = [];

/** There was not enough room: what goes there in this turn goes alone. */
const FULL: Batch = { records: 0, bytes: 0, head: "", lines: "" };

function afterBatches(router: Router, first: () => void): Router {
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
