import type { Encoded } from "../codec";
import { type Attachment, type Code, Kind } from "../protocol/protocol";

/** How long main may take to answer the hello before requests reject, in ms: as `handlerWaitMs`. */
const MAX_HELLO_MS = 5_000;

/** And after that, so that a page learns of main's beginning first, in ms. */
const MAX_LATE_MS = 1_000;

/** After a page's thread stood still, the answer may be there and wait for its turn, in ms. */
const TURN_MS = 50;

/** How many messages and requests are kept, and how much of them in bytes and units of text. */
const MAX_KEPT = 100_000;
const MAX_KEPT_BYTES = 64 * 1024 * 1024;

const NO_MAIN = `main has not answered this page within ${MAX_HELLO_MS} ms: it called no initIpc, is busy, is of another version, has lost its ipcMain listener, or a tool changes ipc arguments`;
const FULL = `main has not answered this page, and ${MAX_KEPT} messages or ${MAX_KEPT_BYTES} bytes wait`;

/** A record of this world's goes nowhere: a request by its id, or messages by their window's name. */
export type Refuse = (
  address: number | string,
  code: Code,
  count: number,
  sentence: string,
) => void;

/** A record that is not sent yet, as {@link Outbox.add} takes it. */
type Kept = readonly [kind: Kind, address: string | number, msg: Encoded];

/** What a world sends while main has not answered its document's hello. Main may never do so. */
export class Unheard {
  /** Requests by their ids, messages by numbers below 0; in order. */
  private readonly waiting = new Map<number, Kept>();
  private size = 0;
  private messages = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isLate = false;
  /** Messages that this turn refused, by the name of their window, in JSON. */
  private readonly refused = new Map<string, number>();

  constructor(private readonly refuse: Refuse) {}

  /** From now on, main has its time. */
  begin() {
    this.timer ??= setTimeout(
      () => {
        this.timer = setTimeout(() => this.late(), TURN_MS);
      },
      this.isLate ? MAX_LATE_MS : MAX_HELLO_MS,
    );
  }

  add(kind: Kind, address: string | number, msg: Encoded) {
    this.begin();
    const id = this.keyOf(kind, address);
    if (kind === Kind.Abort) return this.take(id);
    const size = sizeOf(msg);
    const isFull = this.waiting.size >= MAX_KEPT || this.size + size > MAX_KEPT_BYTES;
    if (isFull && this.waiting.size > 0) return this.full(id, address);
    this.size += size;
    this.waiting.set(id, [kind, address, { ...msg, attachments: msg.attachments.map(copied) }]);
  }

  /** Main has answered: what waits, in order. */
  end(): Iterable<Kept> {
    clearTimeout(this.timer);
    return this.waiting.values();
  }

  private keyOf(kind: Kind, address: string | number): number {
    if (kind === Kind.Message) return --this.messages;
    // A call's address has its id first.
    return typeof address === "number" ? address : Number.parseInt(address.slice(1), 10);
  }

  private take(id: number) {
    const kept = this.waiting.get(id);
    if (kept) this.size -= sizeOf(kept[2]);
    this.waiting.delete(id);
  }

  private late() {
    if (!this.isLate) console.warn(`electron-switchyard: ${NO_MAIN} [ERR_NO_MAIN]`);
    this.isLate = true;
    this.timer = undefined;
    for (const id of [...this.waiting.keys()]) {
      if (id < 0) continue;
      this.take(id);
      this.refuse(id, "ERR_NO_MAIN", 1, NO_MAIN);
    }
  }

  private full(id: number, address: string | number) {
    if (id > 0) return this.refuse(id, "ERR_QUEUE_FULL", 1, FULL);
    if (this.refused.size === 0) Promise.resolve().then(() => this.report());
    this.refused.set(`${address}`, 1 + (this.refused.get(`${address}`) ?? 0));
  }

  private report() {
    for (const [name, count] of this.refused) {
      this.refuse(JSON.parse(name), "ERR_QUEUE_FULL", count, FULL);
    }
    this.refused.clear();
  }
}

/** Long bytes are the app's own memory, which it may change. */
function copied(attachment: Attachment): Attachment {
  return attachment instanceof Uint8Array ? attachment.slice() : attachment;
}

function sizeOf({ text, attachments }: Encoded): number {
  return attachments.reduce(
    (sum, each) => sum + (typeof each === "string" ? each.length : each.byteLength),
    text.length,
  );
}
