import { append, type Trace, tracedAtFirst, warnOfDropped } from "../errors";
import {
  ACKNOWLEDGE_IDLE_MS,
  ACKNOWLEDGE_SIZE,
  type Acknowledgement,
  AGAIN,
  type Attachment,
  type Bridge,
  DEVELOPING,
  type Deliver,
  MAX_UNACKNOWLEDGED,
  type Message,
  NOTICE_GOODBYE,
  NOTICE_HERE,
} from "../protocol/protocol";
import { Acknowledgements } from "./acknowledgements";
import { sendFragmented, withOwnBytes } from "./fragment";
import { InFlight } from "./in-flight";
import { PendingPackets } from "./pending-packets";
import { Reassembler, reassemble } from "./reassemble";
import { weightOf } from "./size";

/** The part of a MessagePort that is used here. */
export interface Port {
  postMessage(message: Message | Acknowledgement): void;
  addEventListener(
    type: "message" | "messageerror",
    take: (event: { readonly data: unknown }) => void,
  ): void;
  start(): void;
}

/** A page's, or Node's. */
declare function setTimeout(act: () => void, ms?: number): unknown;

/** The end of the transport in one world of a document. */
export class WorldTransport implements Bridge {
  /** Taken before the scripts of the page run, which may replace it. */
  readonly parse = JSON.parse as (text: string) => unknown;
  readonly dropped = warnOfDropped;
  private _port: Port | undefined;
  /** Whether main has answered the hello. */
  isAnswered = false;
  /** The packets that are sent before that. */
  private readonly _pending = new PendingPackets((packet) => this._deliver?.(packet));
  /** The messages that wait for credit. */
  private _queue: Message[] = [];
  /** To main. */
  private _inFlight = new InFlight();
  private _taken = new Acknowledgements(ACKNOWLEDGE_SIZE);
  private _reassembler = unbounded();
  /** Whether a timer runs that will acknowledge what has come. */
  private _isScheduled = false;
  private _deliver: Deliver | undefined;
  /** Whether the app is not packaged, as main says before it answers a hello. */
  private _isDeveloping = false;
  private readonly _traced = tracedAtFirst();
  /** The lanes that main knows of this world. */
  private _lanes: number | undefined;

  /** Uses a port whose other end is offered to main. It replaces an earlier one that main did not answer. */
  join(port: Port) {
    if (port === this._port) return;
    this._port = port;
    this._reset();
    const receive = ({ data }: { readonly data: unknown }) => {
      if (port === this._port) this._receive(data as Message | Acknowledgement);
    };
    port.addEventListener("message", receive);
    // A message for which there was no memory, among others. It is acknowledged all the same.
    port.addEventListener("messageerror", receive);
    port.start();
  }

  post(lanes: number, packet: string, attachments: readonly Attachment[], toMain = false) {
    if (!this.isAnswered) {
      this._lanes = lanes;
      return this._pending.add(packet, attachments, toMain);
    }
    const isKnown = lanes === this._lanes;
    this._lanes = lanes;
    if (attachments.length === 0) return this._send(isKnown ? packet : [packet, lanes]);
    try {
      sendFragmented(packet, lanes, attachments.map(inOnePart), toMain, (message) =>
        this._send(message),
      );
    } catch (error) {
      // The fragments that were posted must not become those of the next packet.
      this._send(["", lanes]);
      throw error;
    }
  }

  listen(deliver: Deliver) {
    this._deliver = deliver;
  }

  /** Calls before main's answer may be traced in vain. */
  readonly trace: Trace = (reject, apiName, options) => {
    if (this.isAnswered && !this._isDeveloping) return reject;
    const rejectTraced = this._traced(reject, apiName, options);
    return (error) => (this._isDeveloping ? rejectTraced : reject)(error);
  };

  /** Answers a question of main, whose number only the current document of the frame gets. */
  here(question: number) {
    this._send([String(question), NOTICE_HERE]);
  }

  /** The document ends. */
  goodbye() {
    this._send(["", NOTICE_GOODBYE]);
  }

  private _send(message: Message) {
    if (this.isAnswered && this._inFlight.weight < MAX_UNACKNOWLEDGED) this._postMessage(message);
    else append(this._queue, withOwnBytes(message));
  }

  private _postMessage(message: Message) {
    this._port?.postMessage(message);
    this._inFlight.add(message);
  }

  private _receive(message: Message | Acknowledgement) {
    if (typeof message === "number") return this._acknowledged(message);
    if (message[1] === DEVELOPING) {
      this._isDeveloping = true;
      return;
    }
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
    // Fragments are acknowledged with the packet that follows them.
    if (isPacket) this._acknowledge(this._taken.due());
    this._acknowledgeSoon();
  }

  /** Acknowledges once nothing comes any more. An endless stream is acknowledged by count and weight. */
  private _acknowledgeSoon() {
    if (this._isScheduled) return;
    this._isScheduled = true;
    const { _taken: taken } = this;
    const came = taken._count;
    setTimeout(() => {
      this._isScheduled = false;
      if (taken !== this._taken || came !== taken._count) this._acknowledgeSoon();
      else this._acknowledge(taken.rest());
    }, ACKNOWLEDGE_IDLE_MS);
  }

  /** Whether the message has a packet, and not only fragments. */
  private _takeMessage(message: Message): boolean {
    const packet = typeof message === "string" ? message : message[0];
    const attachments = this._attachmentsOf(message);
    if (!attachments) return false;
    if (packet !== "") this._deliver?.(packet, attachments.map(reassemble));
    return true;
  }

  /** None if the fragments do not fit their counts. Records with attachments cannot be read then. */
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
      this._taken.retry();
      this._acknowledgeSoon();
    }
  }

  /** 0 answers a hello. Any other number says how many messages main has taken. */
  private _acknowledged(taken: number) {
    if (taken === 0) this._begin();
    this._inFlight.acknowledge(taken);
    const { _queue: queue } = this;
    let sent = 0;
    try {
      while (sent < queue.length && this._inFlight.weight < MAX_UNACKNOWLEDGED) {
        this._postMessage(queue[sent++] as Message);
      }
    } finally {
      if (sent > 0) this._queue = queue.slice(sent);
    }
  }

  /** Main has answered a hello. Both ends count from 0, and main knows no lanes. */
  private _begin() {
    const { _lanes: lanes, isAnswered } = this;
    this._reset();
    this.isAnswered = true;
    if (lanes === undefined) return;
    if (isAnswered) {
      this._postMessage(["", lanes]);
      return this._deliver?.(AGAIN);
    }
    this._lanes = undefined;
    for (const [packet, attachments, toMain] of this._pending.end()) {
      this.post(lanes, packet, attachments, toMain);
    }
    if (this._lanes === undefined) this.post(lanes, "", []);
  }

  private _reset() {
    this._inFlight = new InFlight();
    this._taken = new Acknowledgements(ACKNOWLEDGE_SIZE);
    this._reassembler = unbounded();
  }
}

function unbounded(): Reassembler {
  return new Reassembler(() => Number.POSITIVE_INFINITY);
}

function inOnePart(attachment: Attachment): readonly Attachment[] {
  return [attachment];
}
