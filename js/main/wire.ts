import type { IpcMainEvent, MessagePortMain } from "electron";
import {
  ACKNOWLEDGE_COUNT,
  ACKNOWLEDGE_SIZE,
  type Acknowledgement,
  documentOf,
  type Link,
  type Message,
  type Piece,
  SUBFRAME,
} from "../protocol/protocol";
import { Joiner, messagesOf, sizeOfMessage } from "../wire";

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
export type Attachments = readonly (readonly Piece[])[];

/**
 * Main's end of the wire to one document. A port is its document's alone, so whoever speaks over
 * it is in the place that offered it.
 */
export class Wire {
  readonly document: number;
  /** The id of its window's webContents, which a destroyed one may not tell any more. */
  readonly contents: number;
  private readonly joiner: Joiner;
  /** What was taken and is not acknowledged. */
  private count = 0;
  private size = 0;

  /** `mostKept`: how much of a frame's attachments is kept until the frame has come, in bytes. */
  constructor(
    readonly place: Place,
    readonly first: Link,
    private readonly port: MessagePortMain,
    private readonly events: WireEvents,
    mostKept: () => number,
  ) {
    this.document = documentOf(first);
    this.contents = place.sender.id;
    this.joiner = new Joiner(mostKept);
    port.on("message", ({ data }) => this.receive(data));
    port.on("close", () => events.closed(this));
    port.start();
  }

  get isOfSubframe(): boolean {
    return isOfSubframe(this.first);
  }

  /** Answers the hello. */
  answer() {
    this.port.postMessage([this.first, 0]);
  }

  send(link: Link, frame: string, attachments: Attachments) {
    if (attachments.length === 0) return this.port.postMessage([link, frame]);
    for (const message of messagesOf(link, frame, 0, attachments)) this.port.postMessage(message);
  }

  close() {
    this.port.close();
  }

  private receive(data: unknown) {
    try {
      const message = checked(data, this.first);
      if (typeof message[1] === "number") {
        return this.events.acknowledged(this, message[0], message[1]);
      }
      this.acknowledge(message as Message);
      const attachments = this.joiner.take(message as Message);
      const [link, frame, lanes = 0] = message as Message;
      if (attachments) this.events.frame(this, link, frame, lanes, attachments);
    } catch (error) {
      this.events.refused(this, error);
    }
  }

  private acknowledge(message: Message) {
    this.count += 1;
    this.size += sizeOfMessage(message);
    if (this.count < ACKNOWLEDGE_COUNT && this.size < ACKNOWLEDGE_SIZE) return;
    this.port.postMessage([this.first, this.count]);
    this.count = 0;
    this.size = 0;
  }
}

export function isOfSubframe(link: Link): boolean {
  return link % (2 * SUBFRAME) >= SUBFRAME;
}

function checked(data: unknown, first: Link): Message | Acknowledgement {
  if (!Array.isArray(data)) throw notOurs();
  const [link, content, lanes = 0, pieces, counts] = data as unknown[];
  // Of the document's worlds, of which there are two.
  if (link !== first && link !== first + 1) throw new Error("its link is not its document's");
  if (isCount(content) && data.length === 2) return data as Acknowledgement;
  const isFrame = typeof content === "string" && isCount(lanes) && lanes < 256;
  if (!isFrame || !areAll(pieces, isPiece) || !areAll(counts, isCount)) throw notOurs();
  return data as Message;
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
