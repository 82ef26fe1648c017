import type { Message, Piece } from "../protocol/protocol";
import { sizeOf } from "./size";

/** Keeps pieces until their frame comes. */
export class Joiner {
  private pieces: Piece[] = [];
  /** How many came, also of those that are not kept. */
  private came = 0;
  private size = 0;

  /** No more than `max` is kept, in bytes and units of text. */
  constructor(private readonly max: () => number) {}

  /**
   * The pieces of each attachment, where the message is a frame; undefined where it only brings
   * pieces. What there was no room for is {@link LOST}. Throws where the counts and what came do
   * not fit; all is forgotten then.
   */
  take(message: Message): readonly (readonly Piece[])[] | undefined {
    const pieces = message[2];
    if (pieces) {
      for (const piece of pieces) this.keep(piece);
      if (message[0] === "") return undefined;
    }
    const counts = message[3];
    return counts || this.came > 0 ? this.apart(counts ?? []) : NONE;
  }

  private keep(piece: Piece) {
    this.came += 1;
    this.size += sizeOf(piece);
    if (this.size <= this.max()) this.pieces.push(piece);
  }

  private apart(counts: readonly number[]): (readonly Piece[])[] {
    const { pieces, came } = this;
    this.pieces = [];
    this.came = 0;
    this.size = 0;
    let next = 0;
    const attachments = counts.map((count) => {
      const first = next;
      next += count;
      return next > pieces.length ? LOST : pieces.slice(first, next);
    });
    if (next === came) return attachments;
    throw new Error(`its attachments have ${next} pieces and ${came} came`);
  }
}

const NONE: readonly (readonly Piece[])[] = [];

/** Of this identity: an attachment that is larger than anything that may wait. */
export const LOST: readonly Piece[] = [];

/** The attachment of these pieces, which are all text or all bytes. */
export function whole(pieces: readonly Piece[]): Piece {
  const [first] = pieces;
  if (first !== undefined && pieces.length === 1) return first;
  return typeof first === "string" ? pieces.join("") : joinBytes(pieces as readonly ArrayBuffer[]);
}

function joinBytes(pieces: readonly ArrayBuffer[]): ArrayBuffer {
  const bytes = new Uint8Array(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(new Uint8Array(piece), at);
    at += piece.byteLength;
  }
  return bytes.buffer;
}
