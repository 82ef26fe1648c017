import type { Attachment, Message, Piece } from "../protocol/protocol";
import { sizeOf, sizeOfAll } from "./size";

/** Long bytes whose size was told, while they come. */
interface Coming {
  readonly total: number;
  came: number;
  /** Undefined where there is no room for them. */
  bytes: Uint8Array | undefined;
}

/** Memory for so many bytes is taken at a word; beyond it, for no more than twice what has come. */
const AT_A_WORD = 16 * 1024 * 1024;

/** Keeps pieces until their frame comes. */
export class Joiner {
  private pieces: Piece[] = [];
  /** How many came, also of those that are not kept. */
  private came = 0;
  private size = 0;
  private coming: Coming | undefined;

  /** No more than `max` is kept, in bytes and units of text. */
  constructor(private readonly max: () => number) {}

  /**
   * The pieces of each attachment, where the message is a frame; undefined where it only brings
   * pieces. What there was no room for is {@link LOST}. Throws where the counts or sizes and what
   * came do not fit; all is forgotten then.
   */
  take(message: Message): readonly (readonly Piece[])[] | undefined {
    if (typeof message === "string") {
      return this.came > 0 || this.coming ? this.apart([], []) : NONE;
    }
    const [frame, , pieces = [], counts] = message;
    if (frame !== "" || pieces.length === 0) return this.apart(pieces, counts ?? []);
    if (counts) this.begin(counts);
    for (const piece of pieces) this.add(piece);
    return undefined;
  }

  /** Long bytes begin; what comes is joined at once, while it is in the processor's cache. */
  private begin([total = 0]: readonly number[]) {
    if (this.coming || total === 0) throw this.unlike();
    const hasRoom = this.size + total <= this.max();
    const bytes = hasRoom ? new Uint8Array(Math.min(total, AT_A_WORD)) : undefined;
    this.coming = { total, came: 0, bytes };
  }

  private add(piece: Piece) {
    const { coming } = this;
    this.size += sizeOf(piece);
    if (!coming) return this.keep(piece, this.size <= this.max());
    const { total, came, bytes } = coming;
    coming.came += sizeOf(piece);
    if (typeof piece === "string" || coming.came > total) throw this.unlike();
    if (bytes) {
      if (coming.came > bytes.length) coming.bytes = longer(bytes, total);
      coming.bytes?.set(new Uint8Array(piece), came);
    }
    if (coming.came < total) return;
    this.coming = undefined;
    this.keep(coming.bytes?.buffer as ArrayBuffer, bytes !== undefined);
  }

  private keep(piece: Piece, hasRoom: boolean) {
    this.came += 1;
    if (hasRoom) this.pieces.push(piece);
  }

  private apart(last: readonly Piece[], counts: readonly number[]): (readonly Piece[])[] {
    for (const piece of last) this.add(piece);
    if (this.coming) throw this.unlike();
    const { pieces, came } = this;
    this.reset();
    let next = 0;
    const attachments = counts.map((count) => {
      const first = next;
      next += count;
      return next > pieces.length ? LOST : pieces.slice(first, next);
    });
    if (next === came) return attachments;
    throw new Error(`its attachments have ${next} pieces and ${came} came`);
  }

  private unlike(): Error {
    this.reset();
    return new Error("its attachments are not as long as was told");
  }

  private reset() {
    this.pieces = [];
    this.came = 0;
    this.size = 0;
    this.coming = undefined;
  }
}

function longer(bytes: Uint8Array, most: number): Uint8Array {
  const copy = new Uint8Array(Math.min(most, 2 * bytes.length));
  copy.set(bytes);
  return copy;
}

const NONE: readonly (readonly Piece[])[] = [];

/** Of this identity: an attachment that is larger than anything that may wait. */
export const LOST: readonly Piece[] = [];

/** In place of an attachment that cannot be read: decode refuses the record that it belongs to. */
const UNREADABLE = undefined as unknown as Piece;

/**
 * The attachment of these pieces, which are all text or all bytes. Never throws: an attachment that
 * cannot be joined is the end of its record, and not of those beside it.
 */
export function whole(pieces: readonly Attachment[]): Piece {
  try {
    return joined(pieces);
  } catch {
    return UNREADABLE;
  }
}

function joined(pieces: readonly Attachment[]): Piece {
  const [first] = pieces;
  if (pieces.length === 1 && !(first instanceof Uint8Array)) return first as Piece;
  if (!areAlike(pieces)) return UNREADABLE;
  return typeof first === "string" ? pieces.join("") : joinBytes(pieces);
}

/** Whether there are pieces, all text or all bytes. */
export function areAlike(pieces: readonly Attachment[]): boolean {
  const [first] = pieces;
  return first !== undefined && pieces.every((piece) => typeof piece === typeof first);
}

function joinBytes(pieces: readonly Attachment[]): ArrayBuffer {
  const bytes = new Uint8Array(sizeOfAll(pieces));
  let at = 0;
  for (const piece of pieces as readonly (ArrayBuffer | Uint8Array)[]) {
    bytes.set(piece instanceof Uint8Array ? piece : new Uint8Array(piece), at);
    at += piece.byteLength;
  }
  return bytes.buffer;
}
