import type { IpcMainEvent, MessagePortMain } from "electron";
import { failure } from "../errors";
import {
  type Attachment,
  documentOf,
  GOODBYE,
  HERE,
  type Link,
  MESSAGE_WEIGHT,
  type Message,
  SUBFRAME,
} from "../protocol/protocol";
import { InFlight, isCount, Joiner, LOST, type Refusal, refusal, sendCut, Tally } from "../wire";
import { withoutLost } from "./lost";
import { checked } from "./packet";
import { REFUSED_WORK, Turn } from "./turn";
import { restOf } from "./unsent";
import { MAX_WAITING, Waiting, weightOfAny } from "./waiting";

/** A world may have four times that under way to main (`WorldWire`). */
const ACKNOWLEDGE_AT = 256 * 1024;

/**
 * Bytes and units of text: a world that has more in flight is not told of what is refused. An honest
 * one has 1 MiB in flight to main, and the answers to that are at most 16 times as long.
 */
const MOST_REFUSED = 32 * 1024 * 1024;

/** The frame that a document is in, and its window. */
export interface Place
  extends Pick<IpcMainEvent, "sender" | "senderFrame" | "frameId" | "processId"> {
  /** The document's origin. */
  readonly origin: string;
  /** Whether another document is, or will be, in the frame. */
  hasEnded?: boolean;
}

/** What a document says over its wire. */
export interface WireEvents {
  /** A frame. Whatever this throws is told to `refused`. */
  frame(wire: Wire, link: Link, frame: string, lanes: number, attachments: Attachments): void;
  /** So many frames more were taken under a link. */
  acknowledged(wire: Wire, link: Link, frames: number): void;
  /** One line on the console at most. */
  refused(wire: Wire, error: unknown): void;
  /** A message was refused before it was a frame. */
  badFrame(): void;
  /** The document is gone, or has offered another wire. */
  closed(wire: Wire): void;
}

/** The pieces of each attachment of a frame. */
export type Attachments = readonly (readonly Attachment[])[];

/**
 * Main's end of the wire to one document. Its ports are that document's alone, so whoever speaks
 * over them is in the place that offered them.
 */
export class Wire {
  readonly document: number;
  /** The id of its window's webContents, which a destroyed one may not tell any more. */
  readonly contents: number;
  private readonly lines: readonly Line[];

  /**
   * `ports`: of the document's worlds, in their order. `mostKept`: how much of a frame's attachments
   * is kept until the frame has come, in bytes. `turn`: of main, whose windows share it.
   */
  constructor(
    readonly place: Place,
    readonly first: Link,
    ports: readonly MessagePortMain[],
    events: WireEvents,
    mostKept: () => number,
    turn = new Turn(),
  ) {
    this.document = documentOf(first);
    this.contents = place.sender.id;
    this.lines = ports.map(
      (port, world) => new Line(this, first + world, port, events, mostKept, turn),
    );
    ports[0]?.on("close", () => events.closed(this));
  }

  get isOfSubframe(): boolean {
    return isOfSubframe(this.first);
  }

  /** Answers the hello. */
  answer() {
    for (const line of this.lines) line.answer();
  }

  send(link: Link, frame: string, attachments: Attachments) {
    this.lines[link - this.first]?.send(frame, attachments);
  }

  /** Answers a frame that is refused. */
  refuse(link: Link, frame: string, why: Refusal) {
    this.lines[link - this.first]?.refuse(frame, why);
  }

  /** The document has ended: what comes is its last words if its ports close, as those of a document that ends do. */
  hold() {
    for (const line of this.lines) line.hold();
  }

  close() {
    for (const line of this.lines) line.close();
  }
}

/** Of a port to one world. */
enum State {
  Open,
  /** The document has ended. What comes waits, until it is known whose it is. */
  Held,
  /** The other end is gone. What still comes then, comes from nobody else. */
  Left,
  Closed,
}

/** The port to one world. */
class Line {
  private readonly joiner: Joiner;
  private readonly taken = new Tally(ACKNOWLEDGE_AT);
  private readonly inFlight = new InFlight();
  /**
   * Of each frame of the router's that is in flight, how many messages had been posted with its
   * last: whatever was posted of it, it has arrived when these have.
   */
  private readonly ends: number[] = [];
  /** What the world listens to. */
  private lanes = 0;
  /** What came and is not taken yet. */
  private readonly waiting = new Waiting();
  private state = State.Open;

  constructor(
    private readonly wire: Wire,
    private readonly link: Link,
    private readonly port: MessagePortMain,
    private readonly events: WireEvents,
    private readonly mostKept: () => number,
    private readonly turn: Turn,
  ) {
    this.joiner = new Joiner(mostKept);
    port.on("message", ({ data }) => this.hear(data));
    // It has ended, and nobody else has its port.
    port.on("close", () => {
      if (this.state !== State.Closed) this.state = State.Left;
      while (this.takeNext());
    });
    port.start();
  }

  answer() {
    this.port.postMessage(0);
  }

  send(frame: string, attachments: Attachments) {
    try {
      if (attachments.length === 0) this.post(frame);
      else sendCut(frame, 0, attachments, true, this.post);
    } catch (error) {
      this.giveUp(frame, error);
    } finally {
      this.ends.push(this.inFlight.posted);
    }
  }

  /** Answers a frame that is refused. Whoever takes none of these answers gets no more of them. */
  refuse(frame: string, why: Refusal) {
    if (this.inFlight.weight > MOST_REFUSED) return;
    const answer = refusal(frame, why);
    if (answer) this.post(answer);
  }

  hold() {
    if (this.state === State.Open) this.state = State.Held;
  }

  close() {
    this.state = State.Closed;
    this.waiting.clear();
    this.port.close();
  }

  /** Takes the first message that waits; whether there are more. */
  takeNext(): boolean {
    if (this.state === State.Held || this.waiting.isEmpty) return false;
    this.receive(...this.waiting.next());
    return !this.waiting.isEmpty;
  }

  private hear(data: unknown) {
    if (this.state === State.Closed) return;
    const isHeld = this.state === State.Held;
    if (!isHeld && this.tellsNews(data)) return this.receive(data, 0);
    const weight = weightOfAny(data);
    if (!this.waiting.hasRoomFor(weight)) {
      if (!isHeld) this.cutOff();
      return;
    }
    // What comes alone is taken at once, and costs no place in the queue.
    if (this.waiting.isEmpty && !isHeld && !this.turn.isBusy) return this.receive(data, weight);
    this.waiting.add(data, weight);
    if (!isHeld) this.turn.wait(this);
  }

  /** An acknowledgement that frees room goes before all. One that does not is work like any message. */
  private tellsNews(data: unknown): boolean {
    const { acknowledged, posted } = this.inFlight;
    return isCount(data) && acknowledged < posted && acknowledged < data;
  }

  /** More came than an honest world has in flight: no more is taken of this one, and it is told. */
  private cutOff() {
    const why = failure("ERR_BAD_FRAME", `it has more than ${MAX_WAITING} bytes in flight to main`);
    this.events.badFrame();
    this.events.refused(this.wire, why);
    try {
      this.port.postMessage([why.code, why.message] as unknown as Message);
    } finally {
      this.close();
    }
  }

  private readonly post = (message: Message) => {
    this.port.postMessage(message);
    this.inFlight.add(message);
  };

  private receive(data: unknown, weight: number) {
    try {
      if (isCount(data)) return this.acknowledged(data, weight);
      const attachments = this.attachmentsOf(data, weight);
      if (attachments) this.frame(data as Message, attachments);
    } catch (error) {
      this.refused(data, error);
    }
  }

  /** Of a frame; undefined where there are only pieces. All is acknowledged, whatever it is. */
  private attachmentsOf(data: unknown, weight: number): Attachments | undefined {
    let work = weight;
    try {
      return this.joiner.take(checked(data, this.joiner.waiting));
    } catch (error) {
      work = ACKNOWLEDGE_AT + MESSAGE_WEIGHT;
      this.events.badFrame();
      throw failure("ERR_BAD_FRAME", `${(error as Error).message}`);
    } finally {
      this.turn.spend(work);
      this.taken.add(work - MESSAGE_WEIGHT);
      const due = this.taken.due();
      if (due > 0) this.port.postMessage(due);
    }
  }

  private frame(message: Message, attachments: Attachments) {
    const { wire, link, events } = this;
    if (typeof message === "string") {
      return events.frame(wire, link, message, this.lanes, attachments);
    }
    const [frame, lanes] = message;
    if (lanes !== GOODBYE && lanes !== HERE) this.lanes = lanes;
    if (!attachments.includes(LOST)) return events.frame(wire, link, frame, lanes, attachments);
    const [rest, kept] = withoutLost(frame, attachments, this.mostKept());
    events.frame(wire, link, rest, lanes, kept);
  }

  /** Tells the world of a frame that is none. Nobody waits for what last words are refused with. */
  private refused(data: unknown, error: unknown) {
    this.turn.spend(REFUSED_WORK);
    this.events.refused(this.wire, error);
    const { code, message } = error as { code?: unknown; message: string };
    const frame: unknown = Array.isArray(data) ? data[0] : data;
    if (code !== "ERR_BAD_FRAME" || typeof frame !== "string") return;
    this.refuse(frame, { code, sentence: message });
  }

  private acknowledged(taken: number, work = 0) {
    this.turn.spend(work);
    this.inFlight.acknowledge(taken);
    const { acknowledged } = this.inFlight;
    let frames = 0;
    while ((this.ends[frames] ?? Number.POSITIVE_INFINITY) <= acknowledged) frames += 1;
    if (frames === 0) return;
    this.ends.splice(0, frames);
    this.events.acknowledged(this.wire, this.link, frames);
  }

  /** A frame could not be posted, or not all of it: tells whoever waits for its records. */
  private giveUp(frame: string, error: unknown) {
    this.events.refused(this.wire, error);
    const { down, up } = restOf(frame, error);
    // Later: this is in the middle of what the router hands out.
    Promise.resolve().then(() => this.afterwards(up));
    // What came of its pieces must not be taken for the next frame's.
    this.post(["", 0]);
    if (down) this.post(down);
  }

  private afterwards(frame: string) {
    try {
      // Maybe nothing of it was posted, and nothing will be acknowledged.
      this.acknowledged(this.inFlight.acknowledged);
      if (frame) this.events.frame(this.wire, this.link, frame, this.lanes, []);
    } catch (error) {
      this.events.refused(this.wire, error);
    }
  }
}

export function isOfSubframe(link: Link): boolean {
  return link % (2 * SUBFRAME) >= SUBFRAME;
}
