import { append, copied } from "../errors";
import { type Ask, type Attachment, Kind, TITLE } from "../protocol/protocol";
import { nacksOf, type Rejection } from "./rejection";
import { sizeOf } from "./size";

/** How long main may take to answer the hello before requests reject, in ms. The default of `handlerWaitMs`. */
const MAX_HELLO_MS = 5_000;

/** The same after that limit has passed once, in ms. */
const MAX_LATE_MS = 1_000;

/** If the page was blocked, the answer may wait in its event loop: how long it has after the limit, in ms. */
const TURN_MS = 50;

/** How many records may wait, and their size in bytes and units of text. */
const MAX_KEPT = 100_000;
const MAX_KEPT_BYTES = 64 * 1024 * 1024;

const NO_MAIN: Rejection = {
  code: "ERR_NO_MAIN",
  sentence: `main has not answered this page within ${MAX_HELLO_MS} ms: main must call initIpc() when it starts. It may also be busy, have another version of this package or have lost its ipcMain listener, or a tool may change ipc calls`,
};
const FULL: Rejection = {
  code: "ERR_QUEUE_FULL",
  sentence: `main has not answered this page yet, and only ${MAX_KEPT} messages or ${MAX_KEPT_BYTES} bytes may wait for that`,
};

/** `sentAt`: in ms by performance.now(), if a request in the packet has a `timeoutMs`. */
type Packet = readonly [
  packet: string,
  attachments: readonly Attachment[],
  toMain: boolean,
  sentAt: number | undefined,
];
/** A record as a page sends it. */
type Outgoing = readonly [kind: Kind, address: unknown, form: number, payload: unknown];

/**
 * The packets that a world sends before main has answered the hello of its document. If main does not
 * answer in time, requests are rejected and all other records go on waiting.
 */
export class PendingPackets {
  private _packets: Packet[] = [];
  private _records = 0;
  private _size = 0;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _isLate = false;

  /** `_reject` gets a packet of nacks for this world. */
  constructor(private readonly _reject: (packet: string) => void) {}

  add(packet: string, attachments: readonly Attachment[], toMain: boolean) {
    const records = recordsOf(packet || "[]");
    // All but requests go on waiting, and need no timer.
    if (!this._isLate || records.some(isRequest)) this._begin();
    if (records.length === 0) return;
    const size = attachments.reduce((sum, each) => sum + sizeOf(each), packet.length);
    const isFull = this._records + records.length > MAX_KEPT || this._size + size > MAX_KEPT_BYTES;
    // A single packet may be longer.
    if (isFull && this._records > 0) return this._reject(JSON.stringify(nacksOf(records, FULL)));
    this._records += records.length;
    this._size += size;
    const sentAt = records.some(limitedAsk) ? performance.now() : undefined;
    append(this._packets, [packet, attachments.map(withOwnMemory), toMain, sentAt]);
  }

  /** Main has answered. Returns the pending packets in order. The time of a request began with its call. */
  end(): readonly Packet[] {
    clearTimeout(this._timer);
    return this._packets.map(([packet, ...rest]) => [
      rest[2] === undefined ? packet : aged(packet, performance.now() - rest[2]),
      ...rest,
    ]);
  }

  /** Starts the time that main has, unless it runs. */
  private _begin() {
    this._timer ??= setTimeout(
      () => {
        this._timer = setTimeout(() => this._expire(), TURN_MS);
      },
      this._isLate ? MAX_LATE_MS : MAX_HELLO_MS,
    );
  }

  private _expire() {
    if (!this._isLate) console.warn(`${TITLE}${NO_MAIN.sentence} [${NO_MAIN.code}]`);
    this._isLate = true;
    this._timer = undefined;
    const { _packets: packets } = this;
    this._packets = [];
    this._records = 0;
    this._size = 0;
    for (const packet of packets) this._rejectRequests(packet);
  }

  /** Rejects the requests of a packet, and adds its other records again. */
  private _rejectRequests([packet, attachments, toMain]: Packet) {
    const records = recordsOf(packet);
    let next = 0;
    const others: Outgoing[] = [];
    const theirs: Attachment[] = [];
    for (const record of records) {
      const first = next;
      next += Math.max(0, record[2] - 1);
      // An Abort is of a request that was rejected.
      if (isRequest(record) || record[0] === Kind.Abort) continue;
      append(others, record);
      for (const each of attachments.slice(first, next)) append(theirs, each);
    }
    if (others.length > 0) this.add(JSON.stringify(others), theirs, toMain);
    const requests = records.filter(isRequest);
    if (requests.length > 0) this._reject(JSON.stringify(nacksOf(requests, NO_MAIN)));
  }
}

/** A packet `ms` milliseconds after it was sent: its requests have less time by that. */
function aged(packet: string, ms: number): string {
  const records = recordsOf(packet);
  for (const record of records) {
    const ask = limitedAsk(record);
    if (ask) ask[1] = Math.max(0, Math.ceil(ask[1] - ms));
  }
  return JSON.stringify(records);
}

/** The `Ask` of a request with a `timeoutMs`. */
function limitedAsk(record: Outgoing): Exclude<Ask, number> | undefined {
  const address = record[1];
  const isToMain = record[0] === Kind.Request;
  const ask = isToMain ? (address as Ask) : isRequest(record) && (address as [Ask])[0];
  return Array.isArray(ask) ? ask : undefined;
}

/** Whether somebody waits for an answer. All other records go on waiting, in order. */
function isRequest({ 0: kind }: Outgoing): boolean {
  return kind === Kind.Request || kind === Kind.Call || kind === Kind.Invoke;
}

function recordsOf(packet: string): Outgoing[] {
  return JSON.parse(packet) as Outgoing[];
}

/** Long bytes are memory of the app, which may change it. */
function withOwnMemory(attachment: Attachment): Attachment {
  return attachment instanceof Uint8Array ? copied(attachment) : attachment;
}
