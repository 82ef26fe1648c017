import { append } from "../errors";
import { type Ask, type Attachment, Kind } from "../protocol/protocol";
import { nacksOf, type Refusal } from "./refusal";
import { sizeOf } from "./size";

/** How long main may take to answer the hello before requests reject, in ms: as `handlerWaitMs`. */
const MAX_HELLO_MS = 5_000;

/** And after that, so that a page learns of main's beginning first, in ms. */
const MAX_LATE_MS = 1_000;

/** After a page's thread stood still, the answer may be there and wait for its turn, in ms. */
const TURN_MS = 50;

/** How many messages and requests are kept, and how much of them in bytes and units of text. */
const MAX_KEPT = 100_000;
const MAX_KEPT_BYTES = 64 * 1024 * 1024;

const NO_MAIN: Refusal = {
  code: "ERR_NO_MAIN",
  sentence: `main has not answered this page within ${MAX_HELLO_MS} ms: it has not called initIpc, is busy, has another version of this package or has lost its ipcMain listener; or a tool changes ipc calls`,
};
const FULL: Refusal = {
  code: "ERR_QUEUE_FULL",
  sentence: `main has not answered this page yet, and ${MAX_KEPT} messages or ${MAX_KEPT_BYTES} bytes wait for that`,
};

/** `came`: when, in ms by performance.now(), if a request in it has a time limit. */
type Packet = readonly [
  packet: string,
  attachments: readonly Attachment[],
  toMain: boolean,
  came: number | undefined,
];
/** Its form is the last member but one. */
type Outgoing = readonly [kind: Kind, address: unknown, form: number, payload: unknown];

/**
 * What a world sends while main has not answered its document's hello. Main may never do so: then
 * requests are refused, and messages wait.
 */
export class Unheard {
  private _packets: Packet[] = [];
  private _records = 0;
  private _size = 0;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _isLate = false;

  /** `_refuse` gets a packet that refuses what this world sent. */
  constructor(private readonly _refuse: (packet: string) => void) {}

  add(packet: string, attachments: readonly Attachment[], toMain: boolean) {
    const records = recordsOf(packet || "[]");
    // What only waits needs no timer any more.
    if (!this._isLate || !records.every(isMessage)) this._begin();
    if (records.length === 0) return;
    const size = attachments.reduce((sum, each) => sum + sizeOf(each), packet.length);
    const isFull = this._records + records.length > MAX_KEPT || this._size + size > MAX_KEPT_BYTES;
    // A single one may be longer.
    if (isFull && this._records > 0) return this._refuse(JSON.stringify(nacksOf(records, FULL)));
    this._records += records.length;
    this._size += size;
    const came = records.some(limitedAsk) ? performance.now() : undefined;
    append(this._packets, [packet, attachments.map(copied), toMain, came]);
  }

  /** Main has answered: what waits, in order. The time of a request began with the call. */
  end(): readonly Packet[] {
    clearTimeout(this._timer);
    return this._packets.map(([packet, ...rest]) => [
      rest[2] === undefined ? packet : aged(packet, performance.now() - rest[2]),
      ...rest,
    ]);
  }

  /** From now on main has its time. */
  private _begin() {
    this._timer ??= setTimeout(
      () => {
        this._timer = setTimeout(() => this._late(), TURN_MS);
      },
      this._isLate ? MAX_LATE_MS : MAX_HELLO_MS,
    );
  }

  private _late() {
    if (!this._isLate) console.warn(`electron-switchyard: ${NO_MAIN.sentence} [${NO_MAIN.code}]`);
    this._isLate = true;
    this._timer = undefined;
    const { _packets: packets } = this;
    this._packets = [];
    this._records = 0;
    this._size = 0;
    for (const packet of packets) this._giveUp(packet);
  }

  /** Refuses the requests of a packet, and keeps its messages. */
  private _giveUp([packet, attachments, toMain]: Packet) {
    const records = recordsOf(packet);
    let next = 0;
    const kept: Outgoing[] = [];
    const theirs: Attachment[] = [];
    for (const record of records) {
      const first = next;
      next += Math.max(0, record[2] - 1);
      if (!isMessage(record)) continue;
      append(kept, record);
      for (const each of attachments.slice(first, next)) append(theirs, each);
    }
    if (kept.length > 0) this.add(JSON.stringify(kept), theirs, toMain);
    const asked = records.filter((record) => !isMessage(record));
    if (asked.length > 0) this._refuse(JSON.stringify(nacksOf(asked, NO_MAIN)));
  }
}

/** A packet so many milliseconds after it came: its requests have so much less time. */
function aged(packet: string, ms: number): string {
  const records = recordsOf(packet);
  for (const record of records) {
    const ask = limitedAsk(record);
    if (ask) ask[1] = Math.max(0, Math.ceil(ask[1] - ms));
  }
  return JSON.stringify(records);
}

/** How a request with a time limit is named. */
function limitedAsk(record: Outgoing): Exclude<Ask, number> | undefined {
  const [ask] = record[0] === Kind.Call ? (record[1] as [Ask]) : [record[1] as Ask];
  return record[0] !== Kind.Answer && Array.isArray(ask) ? ask : undefined;
}

function isMessage([kind]: Outgoing): boolean {
  return kind === Kind.Message;
}

function recordsOf(packet: string): Outgoing[] {
  return JSON.parse(packet) as Outgoing[];
}

/** Long bytes are the app's own memory, which it may change. */
function copied(attachment: Attachment): Attachment {
  return attachment instanceof Uint8Array ? attachment.slice() : attachment;
}
