import { attachmentsOf, decode, encode, type TakeAttachments } from "../codec";
import {
  type AbortSource,
  Answering,
  Asked,
  type AskOptions,
  encodeReason,
  type Handler,
  Reports,
  type Sender,
  senderOf,
  Work,
} from "../ends";
import { failure } from "../errors";
import { type Bridge, type Code, type Form, Kind, Lane, type Stamp } from "../protocol/protocol";
import { Listeners, type RenderEvent } from "./listeners";
import { Outbox } from "./outbox";

type Payload = [form: Form, payload: unknown];
type DownRecord =
  | [kind: Kind.FromMain, ...Payload]
  | [kind: Kind.FromOther, stamp: Stamp, ...Payload]
  | [kind: Kind.Reply, id: number, ok: 0 | 1, ...Payload]
  | [kind: Kind.Call, number: number, stamp: Stamp, ...Payload]
  | [kind: Kind.Abort, number: number, ...Payload]
  | Nack;
type Nack = [
  kind: Kind.Nack,
  address: number | string | [number],
  code: Code,
  reason: string | null,
  count: number,
  sentence: string,
];

/** What a handler learns of a call. */
export interface CallEvent extends Sender {
  readonly fromMain: boolean;
  readonly signal: AbortSignal;
}

/** All calls come from there, whoever their asker is. */
const MAIN = 0;

const newController: AbortSource = () => new AbortController();

const FROM_MAIN: RenderEvent = Object.freeze({ windowName: undefined });

/** One JS world's end of the wire: all that it sends and receives. */
export class Endpoint {
  readonly fromMain = new Listeners(() => this.outbox.schedule());
  readonly fromOther = new Listeners(() => this.outbox.schedule());
  readonly reports = new Reports();
  private readonly asked = new Asked((id, reason) =>
    this.outbox.add(Kind.Abort, id, encodeReason(reason)),
  );
  private readonly answering = new Answering<CallEvent>(
    (_, number, ok, answer) => this.outbox.add(Kind.Answer, `[${number},${ok ? 1 : 0}]`, answer),
    () => this.outbox.schedule(),
  );
  private readonly address = lastOf(addressOf);
  private readonly eventOf = lastOf((stamp: Stamp) => Object.freeze(senderOf(stamp)));
  private readonly outbox: Outbox;

  constructor(bridge: Bridge) {
    this.outbox = new Outbox(bridge, () => this.lanes());
    bridge.listen((frame, attachments = []) => {
      this.receive(JSON.parse(frame), attachmentsOf(attachments as ArrayBuffer[]), 0);
    });
  }

  request(msg: unknown, options: AskOptions): Promise<unknown> {
    const encoded = encode(msg, "msg");
    return this.asked.start("sendMsgToMain", options, (id) =>
      this.outbox.add(Kind.Request, id, encoded),
    );
  }

  call(windowName: string, msg: unknown, options: AskOptions): Promise<unknown> {
    const encoded = encode(msg, "msg");
    return this.asked.start("callOtherRender", options, (id) =>
      this.outbox.add(Kind.Call, `[${id},${this.address(windowName)}]`, encoded),
    );
  }

  send(windowName: string, msg: unknown) {
    this.outbox.add(Kind.Message, this.address(windowName), encode(msg, "msg"));
  }

  /** Adds a handler of calls. */
  handle(handler: Handler<CallEvent>): () => void {
    return this.answering.handlers.add(handler);
  }

  /** The bits of the lanes that somebody listens to. */
  private lanes(): number {
    return (
      Lane.FromMain * Number(this.fromMain.any) +
      Lane.FromOther * Number(this.fromOther.any) +
      Lane.Requests * Number(this.answering.handlers.any)
    );
  }

  private receive(records: DownRecord[], attachments: TakeAttachments, from: number) {
    let replied = false;
    for (let i = from; i < records.length; i++) {
      const record = records[i] as DownRecord;
      const replies = record[0] === Kind.Reply;
      if (replied && !replies) return this.receiveSoon(records, attachments, i);
      replied = replies;
      try {
        this.take(record, attachments);
      } catch (error) {
        console.error("electron-switchyard: a message could not be read:", error);
      }
    }
  }

  /** Whoever awaits a reply goes on in a microtask; what was sent after the reply comes after. */
  private receiveSoon(records: DownRecord[], attachments: TakeAttachments, from: number) {
    Promise.resolve().then(() => this.receive(records, attachments, from));
  }

  private take(record: DownRecord, attachments: TakeAttachments) {
    switch (record[0]) {
      case Kind.FromMain:
        return this.fromMain.deliver(FROM_MAIN, msgOf(record[1], record[2], attachments));
      case Kind.FromOther: {
        const msg = msgOf(record[2], record[3], attachments);
        return this.fromOther.deliver(this.eventOf(record[1]), msg);
      }
      case Kind.Reply:
        return this.replied(record[1], record[2] === 1, record[3], record[4], attachments);
      case Kind.Call:
        return this.called(record[1], record[2], readerOf(record[3], record[4], attachments));
      case Kind.Abort:
        return this.answering.abort(MAIN, record[1], readerOf(record[2], record[3], attachments));
      case Kind.Nack:
        return this.refused(record);
    }
  }

  private replied(id: number, ok: boolean, form: Form, payload: unknown, take: TakeAttachments) {
    if (form === 0) this.asked.end(id, ok, payload);
    else this.asked.settle(id, ok, readerOf(form, payload, take));
  }

  private called(number: number, stamp: Stamp, read: () => unknown) {
    const work = new Work(MAIN, number, newController);
    const { windowName, origin } = senderOf(stamp);
    const event = Object.freeze({
      windowName,
      origin,
      fromMain: stamp === 0,
      get signal() {
        return work.signal;
      },
    });
    this.answering.handle(work, event, read);
  }

  private refused([, address, code, reason, count, sentence]: Nack) {
    if (typeof address === "number") {
      this.asked.refuse(address, code, reason, sentence);
    } else if (typeof address === "string") {
      this.reports.report(address, code, reason, count, sentence);
    } else {
      const error = failure(code, `the asker is gone: ${sentence}`, { reason });
      this.answering.abort(MAIN, address[0], () => error);
    }
  }
}

/** Names are UTF-8 in the router; Node-API makes the same of a lone surrogate there. */
function addressOf(windowName: string): string {
  return JSON.stringify(windowName.replace(/[\ud800-\udfff]/gu, "\ufffd"));
}

/** The same function, which remembers its last result: messages come and go in runs. */
function lastOf<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  let last: { readonly key: Key; readonly value: Value } | undefined;
  return (key) => {
    if (last?.key !== key || !last) last = { key, value: make(key) };
    return last.value;
  };
}

function msgOf(form: Form, payload: unknown, take: TakeAttachments): unknown {
  return form === 0 ? payload : decode(form, payload, take(form));
}

/** Takes the attachments at once: records behind this one may be read before. */
function readerOf(form: Form, payload: unknown, take: TakeAttachments): () => unknown {
  const attachments = take(form);
  return () => decode(form, payload, attachments);
}
