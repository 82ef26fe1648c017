import { attachmentsOf, decode, encode, type TakeAttachments } from "../codec";
import { failure } from "../errors";
import { type Bridge, type Code, type Form, Kind, Lane } from "../protocol/protocol";
import { type Listener, Listeners, type RenderEvent } from "./listeners";
import { Outbox } from "./outbox";
import { Requests } from "./requests";

type DownRecord =
  | [kind: typeof Kind.FromMain, form: Form, payload: unknown]
  | [kind: typeof Kind.FromOther, sender: string | null, form: Form, payload: unknown]
  | [kind: typeof Kind.Reply, requestId: number, ok: 0 | 1, form: Form, payload: unknown]
  | [kind: typeof Kind.Nack, address: number | string, code: Code, reason: string];

const FROM_MAIN: RenderEvent = Object.freeze({ windowName: undefined });

/** One JS world's end of the wire: all that it sends and receives. */
export class Endpoint {
  private readonly listeners = new Listeners(() => this.outbox.schedule());
  private readonly requests = new Requests();
  private readonly outbox: Outbox;

  constructor(bridge: Bridge) {
    this.outbox = new Outbox(bridge, () => this.listeners.lanes());
    bridge.listen((frame, attachments = []) => {
      this.receive(JSON.parse(frame), attachmentsOf(attachments));
    });
  }

  request(msg: unknown): Promise<unknown> {
    const encoded = encode(msg, "msg");
    return this.requests.start((id) => this.outbox.add(Kind.Request, id, encoded));
  }

  send(windowName: string, msg: unknown) {
    // Names are UTF-8 in the router; Node-API makes the same of a lone surrogate there.
    const name = windowName.replace(/\p{Surrogate}/gu, "\ufffd");
    this.outbox.add(Kind.Message, name, encode(msg, "msg"));
  }

  on(lane: Lane, listener: Listener): () => void {
    return this.listeners.add(lane, listener);
  }

  off(lane: Lane, listener: Listener) {
    this.listeners.remove(lane, listener);
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
    switch (record[0]) {
      case Kind.FromMain:
        return this.listeners.deliver(
          Lane.FromMain,
          FROM_MAIN,
          read(record[1], record[2], attachments),
        );
      case Kind.FromOther: {
        const event = Object.freeze({ windowName: record[1] ?? undefined });
        return this.listeners.deliver(
          Lane.FromOther,
          event,
          read(record[2], record[3], attachments),
        );
      }
      case Kind.Reply:
        return this.requests.settle(
          record[1],
          record[2] === 1,
          read(record[3], record[4], attachments),
        );
      case Kind.Nack:
        return this.refused(record[1], record[2], record[3]);
    }
  }

  private refused(address: number | string, code: Code, reason: string) {
    if (typeof address === "number") {
      this.requests.settle(address, false, failure(code, `sendMsgToMain: ${reason}`));
    } else {
      console.error(`sendMsgToOtherRender(${JSON.stringify(address)}): ${reason} [${code}]`);
    }
  }
}

function read(form: Form, payload: unknown, attachments: TakeAttachments): unknown {
  return decode(form, payload, attachments(form));
}
