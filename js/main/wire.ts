import type { IpcMainEvent, MessagePortMain } from "electron";
import {
  type Attachment,
  documentOf,
  GOODBYE,
  HERE,
  type Link,
  type Message,
  type Parts,
  type Piece,
  SUBFRAME,
} from "../protocol/protocol";
import { Joiner, sendCut, sizeOfMessage, Tally } from "../wire";

/** A world may have four times that under way to main (`WorldWire`). */
const ACKNOWLEDGE_AT = 256 * 1024;

/** The frame that a document is in, and its window. */
export type Place = Pick<IpcMainEvent, "sender" | "senderFrame" | "frameId" | "processId">;

/** What a document says over its wire. */
export interface WireEvents {
  /** A frame. Whatever this throws is told to `refused`. */
  frame(wire: Wire, link: Link, frame: string, lanes: number, attachments: Attachments): void;
  /** So many frames more were taken under a link. */
  acknowledged(wire: Wire, link: Link, frames: number): void;
  refused(wire: Wire, error: unknown): void;
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
   * is kept until the frame has come, in bytes.
   */
  constructor(
    readonly place: Place,
    readonly first: Link,
    ports: readonly MessagePortMain[],
    events: WireEvents,
    mostKept: () => number,
  ) {
    this.document = documentOf(first);
    this.contents = place.sender.id;
    this.lines = ports.map((port, world) => new Line(this, first + world, port, events, mostKept));
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

  close() {
    for (const line of this.lines) line.close();
  }
}

/** The port to one world. */
class Line {
  private readonly joiner: Joiner;
  private readonly taken = new Tally(ACKNOWLEDGE_AT);
  /** What the world listens to. */
  private lanes = 0;

  constructor(
    private readonly wire: Wire,
    private readonly link: Link,
    private readonly port: MessagePortMain,
    private readonly events: WireEvents,
    mostKept: () => number,
  ) {
    this.joiner = new Joiner(mostKept);
    port.on("message", ({ data }) => this.receive(data));
    port.start();
  }

  answer() {
    this.port.postMessage(0);
  }

  send(frame: string, attachments: Attachments) {
    if (attachments.length === 0) return this.port.postMessage(frame);
    sendCut(frame, 0, attachments, true, (message) => this.port.postMessage(message));
  }

  close() {
    this.port.close();
  }

  private receive(data: unknown) {
    const { wire, link, events } = this;
    try {
      if (isCount(data)) return events.acknowledged(wire, link, data);
      const message = typeof data === "string" ? data : checked(data);
      const due = this.taken.add(sizeOfMessage(message));
      if (due > 0) this.port.postMessage(due);
      const attachments = this.joiner.take(message);
      if (attachments) this.frame(message, attachments);
    } catch (error) {
      events.refused(wire, error);
    }
  }

  private frame(message: Message, attachments: Attachments) {
    const { wire, link, events } = this;
    if (typeof message === "string") {
      return events.frame(wire, link, message, this.lanes, attachments);
    }
    const [frame, lanes] = message;
    if (lanes !== GOODBYE && lanes !== HERE) this.lanes = lanes;
    events.frame(wire, link, frame, lanes, attachments);
  }
}

export function isOfSubframe(link: Link): boolean {
  return link % (2 * SUBFRAME) >= SUBFRAME;
}

function checked(data: unknown): Parts {
  if (!Array.isArray(data) || typeof data[0] !== "string") throw notOurs();
  const [, lanes, pieces, counts]: unknown[] = data;
  if (!isCount(lanes) || lanes > 255) throw notOurs();
  if (!areAll(pieces, isPiece) || !areAll(counts, isCount)) throw notOurs();
  return data as unknown as Parts;
}

function notOurs(): Error {
  return new Error("it is not of this package's making");
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isPiece(value: unknown): value is Piece {
  return typeof value === "string" || value instanceof ArrayBuffer;
}

function areAll(value: unknown, is: (item: unknown) => boolean): boolean {
  return value === undefined || (Array.isArray(value) && value.every(is));
}
