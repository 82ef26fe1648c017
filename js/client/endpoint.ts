import { attachmentsOf, decode, encode, json, type TakeAttachments } from "../codec";
import { failure } from "../errors";
import {
  type Bridge,
  type Form,
  Kind,
  Lane,
  type NackSubject,
  type OfTopic,
  type SenderTag,
} from "../protocol/protocol";
import {
  type AskOptions,
  addressOf,
  Callbacks,
  complain,
  type DownRecord,
  encodeReason,
  type Handler,
  IncomingRequest,
  IncomingRequests,
  type Nack,
  OutgoingRequests,
  Reports,
  readerOf,
  recordsOf,
  type Sender,
  senderOf,
} from "../requests";
import { Listeners, type RenderEvent } from "./listeners";
import { Outbox } from "./outbox";

export type Unreadable = (error: unknown, record: DownRecord) => void;

/** The event of a call, for its handlers. */
export interface CallEvent extends Sender {
  readonly fromMain: boolean;
  readonly signal: AbortSignal;
}

const FROM_MAIN: RenderEvent = Object.freeze({ windowName: undefined });

/** One JavaScript world: all that it sends and receives. */
export class Endpoint {
  readonly fromMain = new Listeners(() => this._outbox._schedule());
  readonly fromOther = new Listeners(() => this._outbox._schedule());
  readonly reports = new Reports();
  private readonly _outgoing = new OutgoingRequests((id, reason) =>
    this._outbox._add(Kind.Abort, id, encodeReason(reason)),
  );
  private readonly _incoming = new IncomingRequests<CallEvent>(
    (number, ok, answer) => this._outbox._add(Kind.Answer, `[${number},${ok ? 1 : 0}]`, answer),
    new Callbacks(() => this._outbox._schedule()),
  );
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
    return this._outgoing._start("callOtherRender", options, (ask) =>
      this._outbox._add(Kind.Call, `[${ask},${this._addressFor(windowName)}]`, encoded),
    );
  }

  send(windowName: string, msg: unknown) {
    this._outbox._add(Kind.Message, this._addressFor(windowName), encode(msg, "msg"));
  }

  /** Adds a handler of calls. */
  handle(handler: Handler<CallEvent>): () => void {
    return this._incoming._handlers.add(handler);
  }

  /** The bits of the lanes that have listeners. */
  private _lanesNow(): number {
    return (
      Lane.FromMain * +this.fromMain._hasAny +
      Lane.FromOther * +this.fromOther._hasAny +
      Lane.Requests * +this._incoming._handlers._hasAny
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
      case Kind.Call:
        return this._called(record[1], record[2], readerOf(form, payload, mine));
      case Kind.Abort:
        return this._incoming._cancel(record[1], readerOf(form, payload, mine));
    }
  }

  private _called(number: number, senderTag: SenderTag, read: () => unknown) {
    const request = new IncomingRequest(number, () => new AbortController());
    const event = Object.freeze({
      ...senderOf(senderTag),
      fromMain: senderTag === 0,
      get signal() {
        return request.signal;
      },
    });
    this._incoming._handle(request, event, read);
  }

  private _nacked([, subject, code, reason, count, sentence]: Nack<NackSubject | OfTopic>) {
    if (typeof subject === "number") {
      for (let i = 0; i < count; i++) this._outgoing._nack(subject + i, code, reason, sentence);
    } else if (typeof subject === "string") {
      this.reports.report(subject, code, reason, count, sentence);
    } else {
      const error = failure(code, `the asker has ended: ${sentence}`, { reason });
      this._incoming._cancel(subject[0] as number, () => error);
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
