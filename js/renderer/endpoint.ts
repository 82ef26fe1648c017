import { attachmentsOf, decode, encode, type TakeAttachments } from "../codec";
import {
  Answering,
  Asked,
  type AskOptions,
  encodeReason,
  type Handler,
  Reports,
  type Sender,
  senderOf,
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

const FROM_MAIN: RenderEvent = Object.freeze({ windowName: undefined });

/** One JS world's end of the wire: all that it sends and receives. */
export class Endpoint {
  readonly fromMain = new Listeners(() => this.outbox.schedule());
  readonly fromOther = new Listeners(() => this.outbox.schedule());
  readonly reports = new Reports();
  private readonly asked = new Asked((id, reason) =>
    this.outbox.add(Kind.Abort, id, encodeReason(reason)),
  );
  private readonly answering = new Answering<number, CallEvent>(
    () => new AbortController(),
    (number, ok, answer) => this.outbox.add(Kind.Answer, [number, ok ? 1 : 0], answer),
    () => this.outbox.schedule(),
  );
  private readonly outbox: Outbox;

  constructor(bridge: Bridge) {
    this.outbox = new Outbox(bridge, () => this.lanes());
    bridge.listen((frame, attachments = []) => {
      this.receive(JSON.parse(frame), attachmentsOf(attachments as ArrayBuffer[]));
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
      this.outbox.add(Kind.Call, [id, wellFormed(windowName)], encoded),
    );
  }

  send(windowName: string, msg: unknown) {
    this.outbox.add(Kind.Message, wellFormed(windowName), encode(msg, "msg"));
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

  private async receive(records: DownRecord[], attachments: TakeAttachments) {
    let replied = false;
    for (const record of records) {
      // Whoever awaits a reply goes on in a microtask; what was sent after the reply comes after.
      if (replied && record[0] !== Kind.Reply) await undefined;
      replied = record[0] === Kind.Reply;
      try {
        this.take(record, attachments);
      } catch (error) {
        console.error("electron-switchyard: a message could not be read:", error);
      }
    }
  }

  private take(record: DownRecord, attachments: TakeAttachments) {
    if (record[0] === Kind.Nack) return this.refused(record);
    const form = record[record.length - 2] as Form;
    const mine = attachments(form);
    const read = () => decode(form, record[record.length - 1], mine);
    switch (record[0]) {
      case Kind.FromMain:
        return this.fromMain.deliver(FROM_MAIN, read());
      case Kind.FromOther:
        return this.fromOther.deliver(Object.freeze(senderOf(record[1])), read());
      case Kind.Reply:
        return form === 0
          ? this.asked.end(record[1], record[2] === 1, record[4])
          : this.asked.settle(record[1], record[2] === 1, read);
      case Kind.Call:
        return this.called(record[1], record[2], read);
      case Kind.Abort:
        return this.answering.abort(record[1], read);
    }
  }

  private called(number: number, stamp: Stamp, read: () => unknown) {
    const eventOf = (signal: () => AbortSignal) =>
      Object.freeze({
        ...senderOf(stamp),
        fromMain: stamp === 0,
        get signal() {
          return signal();
        },
      });
    this.answering.handle(number, eventOf, read);
  }

  private refused([, address, code, reason, count, sentence]: Nack) {
    if (typeof address === "number") {
      this.asked.refuse(address, code, reason, sentence);
    } else if (typeof address === "string") {
      this.reports.report(address, code, reason, count, sentence);
    } else {
      const error = failure(code, `the asker is gone: ${sentence}`, { reason });
      this.answering.abort(address[0], () => error);
    }
  }
}

/** Names are UTF-8 in the router; Node-API makes the same of a lone surrogate there. */
function wellFormed(windowName: string): string {
  return windowName.replace(/[\ud800-\udfff]/gu, "\ufffd");
}
