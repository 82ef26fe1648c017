import { attachmentsOf, decode, type Encoded, encode, json, type TakeAttachments } from "../codec";
import {
  type Bridge,
  type Form,
  Kind,
  Lane,
  type NackSubject,
  type OfService,
  type OfTopic,
  type SenderTag,
} from "../protocol/protocol";
import {
  type AskOptions,
  addressOf,
  complain,
  type DownRecord,
  encodeReason,
  type Nack,
  OutgoingRequests,
  Reports,
  readerOf,
  recordsOf,
  senderOf,
} from "../requests";
import { Listeners, type RenderEvent } from "./listeners";
import { Outbox } from "./outbox";

export type Unreadable = (error: unknown, record: DownRecord) => void;

/** Takes a record of a part. `read` decodes its payload. */
export type Taker = (record: never, read: () => unknown) => void;

/** A nack has no payload. */
type NackTaker = (nack: never) => void;

const FROM_MAIN: RenderEvent = Object.freeze({ windowName: undefined });

/**
 * One JavaScript world: all that it sends and receives. Calls to this window, services and topics are parts of
 * their own, which add themselves with their first use (`part.ts`). A page that uses none does not have them.
 */
export class Endpoint {
  readonly fromMain = new Listeners(() => this._outbox._schedule());
  readonly fromOther = new Listeners(() => this._outbox._schedule());
  readonly reports = new Reports();
  /** Warns of an argument behind a message. */
  readonly dropped: Bridge["dropped"];
  readonly _outgoing: OutgoingRequests;
  /** The parts by their names. */
  readonly parts: { [name: string]: object } = { __proto__: null } as never;
  /** The takers of the parts, by kind. Nack is for nacks of calls, Name for those of services and topics. */
  readonly takers: { [kind: number]: Taker } = { __proto__: null } as never;
  /** The lanes to which parts listen. */
  lanes = 0;
  private readonly _addressFor = lastOf(addressOf);
  private readonly _eventOf = lastOf((senderTag: SenderTag) => Object.freeze(senderOf(senderTag)));
  private readonly _outbox: Outbox;

  /** `_unreadable` is called with a record that cannot be read. */
  constructor(
    bridge: Bridge,
    private readonly _unreadable: Unreadable = (error) =>
      complain("a message could not be read", error),
  ) {
    if (bridge.parse) json.parse = bridge.parse;
    this.dropped = bridge.dropped;
    this._outgoing = new OutgoingRequests(
      (id, reason) => this._outbox._add(Kind.Abort, id, encodeReason(reason)),
      bridge.trace,
    );
    this._outbox = new Outbox(bridge, () => this._lanesNow());
    bridge.listen((packet, attachments = []) => {
      this._receive(recordsOf(packet) as DownRecord[], attachmentsOf(attachments), 0);
    });
  }

  request(msg: unknown, options: AskOptions | undefined): Promise<unknown> {
    const encoded = encode(msg, "msg");
    return this._outgoing._start("sendMsgToMain", options, (ask) =>
      this._outbox._add(Kind.Request, ask, encoded),
    );
  }

  call(windowName: string, msg: unknown, options: AskOptions | undefined): Promise<unknown> {
    const encoded = encode(msg, "msg");
    return this.ask("callOtherRender", options, Kind.Call, this._addressFor(windowName), encoded);
  }

  send(windowName: string, msg: unknown) {
    this._outbox._add(Kind.Message, this._addressFor(windowName), encode(msg, "msg"));
  }

  /** Sends the record `[kind, [ask, ...address], form, payload]`. `address`: JSON, without the brackets. */
  ask(
    apiName: string,
    options: AskOptions | undefined,
    kind: Kind,
    address: string,
    encoded: Encoded,
  ): Promise<unknown> {
    return this._outgoing._start(apiName, options, (ask) =>
      this._outbox._add(kind, `[${ask},${address}]`, encoded),
    );
  }

  /** Sends a record of a part. */
  add(kind: Kind, address: string | number, encoded: Encoded) {
    this._outbox._add(kind, address, encoded);
  }

  /** Posts at once what the turn has so far. */
  flush() {
    this._outbox._post();
  }

  /** Notifies main of the lanes by the end of the turn. */
  listenTo(lanes: number) {
    this.lanes = lanes;
    this._outbox._schedule();
  }

  /** The bits of the lanes that have listeners. */
  private _lanesNow(): number {
    return (
      Lane.FromMain * +this.fromMain._hasAny + Lane.FromOther * +this.fromOther._hasAny + this.lanes
    );
  }

  private _receive(records: DownRecord[], attachments: TakeAttachments, from: number) {
    let hasAnswered = false;
    for (let i = from; i < records.length; i++) {
      const record = records[i] as DownRecord;
      const isAnswer = record[0] === Kind.Reply;
      // The rule after an answer: js/requests/record.ts.
      if (hasAnswered && !isAnswer) {
        // A closure would cost each turn of the loop a context.
        Promise.resolve().then(this._receive.bind(this, records, attachments, i));
        return;
      }
      hasAnswered = isAnswer;
      try {
        this._takeRecord(record, attachments);
      } catch (error) {
        this._unreadable(error, record);
      }
    }
  }

  private _takeRecord(record: DownRecord, attachments: TakeAttachments) {
    if (record[0] === Kind.Nack) return this._nacked(record);
    const form = record[record.length - 2] as Form;
    const payload = record[record.length - 1];
    const mine = attachments(form);
    switch (record[0]) {
      case Kind.FromMain:
        return this.fromMain.deliver(FROM_MAIN, decode(form, payload, mine));
      case Kind.FromOther:
        return this.fromOther.deliver(this._eventOf(record[1]), decode(form, payload, mine));
      case Kind.Reply:
        if (form === 0) return this._outgoing._end(record[1], record[2] === 1, payload);
        return this._outgoing._settle(record[1], record[2] === 1, readerOf(form, payload, mine));
      default:
        this.takers[record[0]]?.(record as never, readerOf(form, payload, mine));
    }
  }

  private _nacked(record: Nack<NackSubject | OfService | OfTopic>) {
    const [, subject, code, reason, count, sentence] = record;
    if (typeof subject === "number") {
      for (let i = 0; i < count; i++) this._outgoing._nack(subject + i, code, reason, sentence);
    } else if (typeof subject === "string") {
      this.reports.report(subject, code, reason, count, sentence);
    } else {
      // A call has a number, a service a name, and a topic a name or null.
      const kind = typeof subject[0] === "number" ? Kind.Nack : Kind.Name;
      (this.takers[kind] as NackTaker | undefined)?.(record as never);
    }
  }
}

/** Caches the last result, because messages to and from one window come in runs. */
function lastOf<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  let lastKey: Key | undefined;
  let value: Value;
  return (key) => {
    if (lastKey !== key) value = make(key);
    lastKey = key;
    return value;
  };
}
