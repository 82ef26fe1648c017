import {
  ACKNOWLEDGE_SIZE,
  type Acknowledgement,
  type Attachment,
  type Bridge,
  type Deliver,
  GOODBYE,
  HERE,
  type Message,
} from "../protocol/protocol";
import { kept, sendCut } from "./cut";
import { Joiner, whole } from "./join";
import { sizeOfMessage } from "./size";
import { Tally } from "./tally";

/**
 * How much may be on its way to main and not acknowledged, in bytes and units of text: main has so
 * much to do at once for one world, and others have their turn. What is beyond waits here.
 */
const MOST_UNACKNOWLEDGED = 1024 * 1024;

/** What is used of a MessagePort. */
interface Port {
  postMessage(message: Message | Acknowledgement): void;
  addEventListener(type: "message", take: (event: { readonly data: unknown }) => void): void;
  start(): void;
}

/** The end of the wire that is in a world of a document. */
export class WorldWire implements Bridge {
  private port: Port | undefined;
  /** Whether main has answered the hello. */
  isAnswered = false;
  private waiting: Message[] = [];
  /** The sizes of what is on its way to main, in order. */
  private readonly sizes: number[] = [];
  private unacknowledged = 0;
  private readonly taken = new Tally(ACKNOWLEDGE_SIZE);
  private readonly joiner = new Joiner(() => Number.POSITIVE_INFINITY);
  private deliver: Deliver | undefined;
  private answered: () => void = () => undefined;
  /** What main was told last that the world listens to. */
  private lanes: number | undefined;

  /** Uses a port whose other end is offered to main. What was used before main has never heard. */
  join(port: Port) {
    if (port === this.port) return;
    this.port = port;
    port.addEventListener("message", ({ data }) => {
      if (port === this.port) this.receive(data as Message | Acknowledgement);
    });
    port.start();
  }

  post(lanes: number, frame: string, attachments: Attachment[], toMain = false) {
    const wereTold = lanes === this.lanes;
    this.lanes = lanes;
    if (attachments.length === 0) return this.send(wereTold ? frame : [frame, lanes]);
    sendCut(frame, lanes, attachments.map(alone), toMain, (message) => this.send(message));
  }

  opened(callback: () => void) {
    if (this.isAnswered) callback();
    else this.answered = callback;
  }

  listen(deliver: Deliver) {
    this.deliver = deliver;
  }

  /** Main has asked: the document is there, and this is what the world listens to. */
  here() {
    this.send(["", HERE]);
    if (this.lanes !== undefined) this.send(["", this.lanes]);
  }

  /** The document leaves. */
  goodbye() {
    this.send(["", GOODBYE]);
  }

  private send(message: Message) {
    if (this.isAnswered && this.unacknowledged < MOST_UNACKNOWLEDGED) this.postMessage(message);
    else this.waiting.push(kept(message));
  }

  private postMessage(message: Message) {
    const size = sizeOfMessage(message);
    this.sizes.push(size);
    this.unacknowledged += size;
    this.port?.postMessage(message);
  }

  private receive(message: Message | Acknowledgement) {
    if (typeof message === "number") return this.acknowledged(message);
    const attachments = this.joiner.take(message);
    const size = sizeOfMessage(message);
    // Pieces that come before their frame are acknowledged with it.
    if (!attachments) return this.taken.weigh(size);
    const frame = typeof message === "string" ? message : message[0];
    this.deliver?.(frame, attachments.map(whole));
    const due = this.taken.add(size);
    if (due > 0) this.port?.postMessage(due);
  }

  /** The first one answers the hello. */
  private acknowledged(count: number) {
    const isFirst = !this.isAnswered;
    this.isAnswered = true;
    for (const size of this.sizes.splice(0, count)) this.unacknowledged -= size;
    let sent = 0;
    for (; sent < this.waiting.length && this.unacknowledged < MOST_UNACKNOWLEDGED; sent++) {
      this.postMessage(this.waiting[sent] as Message);
    }
    if (sent > 0) this.waiting = this.waiting.slice(sent);
    if (isFirst) this.answered();
  }
}

function alone(attachment: Attachment): readonly Attachment[] {
  return [attachment];
}
