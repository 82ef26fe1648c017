import { append } from "../errors";
import {
  ACKNOWLEDGE_IDLE_MS,
  ACKNOWLEDGE_SIZE,
  type Acknowledgement,
  type Attachment,
  type Bridge,
  type Deliver,
  MAX_UNACKNOWLEDGED,
  type Message,
  NOTICE_GOODBYE,
  NOTICE_HERE,
} from "../protocol/protocol";
import { kept, sendFragmented } from "./fragment";
import { InFlight } from "./in-flight";
import { Reassembler, whole } from "./reassemble";
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

/** The end of the transport that is in a world of a document. */
export class WorldTransport implements Bridge {
  /** As it is before the page's scripts, which may replace it. */
  readonly parse = JSON.parse as (text: string) => unknown;
  private _port: Port | undefined;
  /** Whether main has answered the hello. */
  isAnswered = false;
  /** What is sent before that. */
  private readonly _unheard = new Unheard((packet) => this._deliver?.(packet));
  private _waiting: Message[] = [];
  /** On its way to main. */
  private _inFlight = new InFlight();
  private _taken = new Tally(ACKNOWLEDGE_SIZE);
  private _reassembler = unbounded();
  /** Whether what is not acknowledged will be soon. */
  private _due = false;
  private _deliver: Deliver | undefined;
  /** What main was told last that the world listens to. */
  private _lanes: number | undefined;

  /** Uses a port whose other end is offered to main. What was used before main has never heard. */
  join(port: Port) {
    if (port === this._port) return;
    this._port = port;
    this._reset();
    const hear = ({ data }: { readonly data: unknown }) => {
      if (port === this._port) this._receive(data as Message | Acknowledgement);
    };
    port.addEventListener("message", hear);
    // What there is no memory for, among others: it came all the same.
    port.addEventListener("messageerror", hear);
    port.start();
  }

  post(lanes: number, packet: string, attachments: readonly Attachment[], toMain = false) {
    if (!this.isAnswered) {
      this._lanes = lanes;
      return this._unheard.add(packet, attachments, toMain);
    }
    const wereTold = lanes === this._lanes;
    this._lanes = lanes;
    if (attachments.length === 0) return this._send(wereTold ? packet : [packet, lanes]);
    try {
      sendFragmented(packet, lanes, attachments.map(alone), toMain, (message) =>
        this._send(message),
      );
    } catch (error) {
      // What came of its fragments must not be taken for the next packet's.
      this._send(["", lanes]);
      throw error;
    }
  }

  listen(deliver: Deliver) {
    this._deliver = deliver;
  }

  /** Main has asked, with a number that only the document which is there gets: it is there. */
  here(question: number) {
    this._send([String(question), NOTICE_HERE]);
  }

  /** The document leaves. */
  goodbye() {
    this._send(["", NOTICE_GOODBYE]);
  }

  private _send(message: Message) {
    if (this.isAnswered && this._inFlight.weight < MAX_UNACKNOWLEDGED) this._postMessage(message);
    else append(this._waiting, kept(message));
  }

  private _postMessage(message: Message) {
    this._port?.postMessage(message);
    this._inFlight.add(message);
  }

  private _receive(message: Message | Acknowledgement) {
    if (typeof message === "number") return this._acknowledged(message);
    let weight = ACKNOWLEDGE_SIZE;
    let isPacket = true;
    try {
      weight = weightOf(message);
      isPacket = this._takeMessage(message);
    } catch (error) {
      // Uncaught, as in any event handler.
      setTimeout(() => {
        throw error;
      });
    }
    this._taken.add(weight);
    // Fragments that come before their packet are acknowledged with it.
    if (isPacket) this._acknowledge(this._taken.due());
    this._acknowledgeSoon();
  }

  /** Once nothing comes any more: an endless stream is acknowledged by its number and weight. */
  private _acknowledgeSoon() {
    if (this._due) return;
    this._due = true;
    const { _taken: taken } = this;
    const came = taken.count;
    setTimeout(() => {
      this._due = false;
      if (taken !== this._taken || came !== taken.count) this._acknowledgeSoon();
      else this._acknowledge(taken.rest());
    }, ACKNOWLEDGE_IDLE_MS);
  }

  /** Whether it is a packet, and not only fragments. */
  private _takeMessage(message: Message): boolean {
    const packet = typeof message === "string" ? message : message[0];
    const attachments = this._attachmentsOf(message);
    if (!attachments) return false;
    if (packet !== "") this._deliver?.(packet, attachments.map(whole));
    return true;
  }

  /** None where what came does not fit: the records that want some cannot be read then. */
  private _attachmentsOf(message: Message) {
    try {
      return this._reassembler.take(message);
    } catch {
      return [];
    }
  }

  private _acknowledge(taken: number) {
    if (taken === 0) return;
    try {
      this._port?.postMessage(taken);
    } catch {
      this._taken.forget();
      this._acknowledgeSoon();
    }
  }

  /** Nothing answers a hello; anything else says how much main took. */
  private _acknowledged(taken: number) {
    if (taken === 0) this._begin();
    this._inFlight.acknowledge(taken);
    const { _waiting: waiting } = this;
    let sent = 0;
    try {
      while (sent < waiting.length && this._inFlight.weight < MAX_UNACKNOWLEDGED) {
        this._postMessage(waiting[sent++] as Message);
      }
    } finally {
      if (sent > 0) this._waiting = waiting.slice(sent);
    }
  }

  /** Main has answered a hello. It knows nothing of what was said before. */
  private _begin() {
    const { _lanes: lanes, isAnswered } = this;
    this._reset();
    this.isAnswered = true;
    if (lanes === undefined) return;
    if (isAnswered) return this._postMessage(["", lanes]);
    this._lanes = undefined;
    for (const [packet, attachments, toMain] of this._unheard.end()) {
      this.post(lanes, packet, attachments, toMain);
    }
    if (this._lanes === undefined) this.post(lanes, "", []);
  }

  private _reset() {
    this._inFlight = new InFlight();
    this._taken = new Tally(ACKNOWLEDGE_SIZE);
    this._reassembler = unbounded();
  }
}

function unbounded(): Reassembler {
  return new Reassembler(() => Number.POSITIVE_INFINITY);
}

function alone(attachment: Attachment): readonly Attachment[] {
  return [attachment];
}
