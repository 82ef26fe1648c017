import { append } from "../errors";
import {
  ACKNOWLEDGE_IDLE_MS,
  ACKNOWLEDGE_SIZE,
  type Acknowledgement,
  type Attachment,
  type Bridge,
  type Deliver,
  GOODBYE,
  HERE,
  MAX_UNACKNOWLEDGED,
  type Message,
} from "../protocol/protocol";
import { kept, sendCut } from "./cut";
import { InFlight } from "./in-flight";
import { Joiner, whole } from "./join";
import { weightOf } from "./size";
import { Tally } from "./tally";
import { Unheard } from "./unheard";

/** What is used of a MessagePort. */
export interface Port {
  postMessage(message: Message | Acknowledgement): void;
  addEventListener(
    type: "message" | "messageerror",
    take: (event: { readonly data: unknown }) => void,
  ): void;
  start(): void;
}

/** In whatever world this is. */
declare function setTimeout(act: () => void, ms?: number): unknown;

/** The end of the wire that is in a world of a document. */
export class WorldWire implements Bridge {
  /** As it is before the page's scripts, which may replace it. */
  readonly parse = JSON.parse as (text: string) => unknown;
  private port: Port | undefined;
  /** Whether main has answered the hello. */
  isAnswered = false;
  /** What is sent before that. */
  private readonly unheard = new Unheard((frame) => this.deliver?.(frame));
  private waiting: Message[] = [];
  /** On its way to main. */
  private inFlight = new InFlight();
  private taken = new Tally(ACKNOWLEDGE_SIZE);
  private joiner = unbounded();
  /** Whether what is not acknowledged will be soon. */
  private due = false;
  private deliver: Deliver | undefined;
  /** What main was told last that the world listens to. */
  private lanes: number | undefined;

  /** Uses a port whose other end is offered to main. What was used before main has never heard. */
  join(port: Port) {
    if (port === this.port) return;
    this.port = port;
    this.reset();
    const hear = ({ data }: { readonly data: unknown }) => {
      if (port === this.port) this.receive(data as Message | Acknowledgement);
    };
    port.addEventListener("message", hear);
    // What there is no memory for, among others: it came all the same.
    port.addEventListener("messageerror", hear);
    port.start();
  }

  post(lanes: number, frame: string, attachments: readonly Attachment[], toMain = false) {
    if (!this.isAnswered) {
      this.lanes = lanes;
      return this.unheard.add(frame, attachments, toMain);
    }
    const wereTold = lanes === this.lanes;
    this.lanes = lanes;
    if (attachments.length === 0) return this.send(wereTold ? frame : [frame, lanes]);
    try {
      sendCut(frame, lanes, attachments.map(alone), toMain, (message) => this.send(message));
    } catch (error) {
      // What came of its pieces must not be taken for the next frame's.
      this.send(["", lanes]);
      throw error;
    }
  }

  listen(deliver: Deliver) {
    this.deliver = deliver;
  }

  /** Main has asked, with a number that only the document which is there gets: it is there. */
  here(question: number) {
    this.send([String(question), HERE]);
  }

  /** The document leaves. */
  goodbye() {
    this.send(["", GOODBYE]);
  }

  private send(message: Message) {
    if (this.isAnswered && this.inFlight.weight < MAX_UNACKNOWLEDGED) this.postMessage(message);
    else append(this.waiting, kept(message));
  }

  private postMessage(message: Message) {
    this.port?.postMessage(message);
    this.inFlight.add(message);
  }

  private receive(message: Message | Acknowledgement) {
    if (typeof message === "number") return this.acknowledged(message);
    let weight = ACKNOWLEDGE_SIZE;
    let isFrame = true;
    try {
      weight = weightOf(message);
      isFrame = this.takeMessage(message);
    } catch (error) {
      // Uncaught, as in any event handler.
      setTimeout(() => {
        throw error;
      });
    }
    this.taken.add(weight);
    // Pieces that come before their frame are acknowledged with it.
    if (isFrame) this.acknowledge(this.taken.due());
    this.acknowledgeSoon();
  }

  /** Once nothing comes any more: an endless stream is acknowledged by its number and weight. */
  private acknowledgeSoon() {
    if (this.due) return;
    this.due = true;
    const { taken } = this;
    const came = taken.count;
    setTimeout(() => {
      this.due = false;
      if (taken !== this.taken || came !== taken.count) this.acknowledgeSoon();
      else this.acknowledge(taken.rest());
    }, ACKNOWLEDGE_IDLE_MS);
  }

  /** Whether it is a frame, and not only pieces. */
  private takeMessage(message: Message): boolean {
    const frame = typeof message === "string" ? message : message[0];
    const attachments = this.attachmentsOf(message);
    if (!attachments) return false;
    if (frame !== "") this.deliver?.(frame, attachments.map(whole));
    return true;
  }

  /** None where what came does not fit: the records that want some cannot be read then. */
  private attachmentsOf(message: Message) {
    try {
      return this.joiner.take(message);
    } catch {
      return [];
    }
  }

  private acknowledge(taken: number) {
    if (taken === 0) return;
    try {
      this.port?.postMessage(taken);
    } catch {
      this.taken.forget();
      this.acknowledgeSoon();
    }
  }

  /** Nothing answers a hello; anything else says how much main took. */
  private acknowledged(taken: number) {
    if (taken === 0) this.begin();
    this.inFlight.acknowledge(taken);
    const { waiting } = this;
    let sent = 0;
    try {
      while (sent < waiting.length && this.inFlight.weight < MAX_UNACKNOWLEDGED) {
        this.postMessage(waiting[sent++] as Message);
      }
    } finally {
      if (sent > 0) this.waiting = waiting.slice(sent);
    }
  }

  /** Main has answered a hello. It knows nothing of what was said before. */
  private begin() {
    const { lanes, isAnswered } = this;
    this.reset();
    this.isAnswered = true;
    if (lanes === undefined) return;
    if (isAnswered) return this.postMessage(["", lanes]);
    this.lanes = undefined;
    for (const [frame, attachments, toMain] of this.unheard.end()) {
      this.post(lanes, frame, attachments, toMain);
    }
    if (this.lanes === undefined) this.post(lanes, "", []);
  }

  private reset() {
    this.inFlight = new InFlight();
    this.taken = new Tally(ACKNOWLEDGE_SIZE);
    this.joiner = unbounded();
  }
}

function unbounded(): Joiner {
  return new Joiner(() => Number.POSITIVE_INFINITY);
}

function alone(attachment: Attachment): readonly Attachment[] {
  return [attachment];
}
