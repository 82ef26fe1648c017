import { append } from "../errors";
import {
  type Attachment,
  MAX_PIECE,
  type Message,
  PIECE_WEIGHT,
  type Piece,
} from "../protocol/protocol";
import { sizeOf, sizeOfAll } from "./size";

/** Long bytes whose size was told, while they come. */
interface Coming {
  readonly total: number;
  came: number;
  /** Undefined where there is no room for them. */
  bytes: Uint8Array | undefined;
}

/**
 * Memory for so many bytes is taken at a word, until the word is broken once; beyond it, for no more
 * than twice what has come.
 */
const AT_A_WORD = 16 * 1024 * 1024;

/** Keeps pieces until their packet comes. */
export class Joiner {
  private _pieces: Piece[] = [];
  /** How many came, also of those that are not kept. */
  private _came = 0;
  private _size = 0;
  private _coming: Coming | undefined;
  private _atAWord = AT_A_WORD;

  /** No more than `_max` is kept, in bytes and units of text, where each piece has some. */
  constructor(private readonly _max: () => number) {}

  /** How many pieces came, and wait for their packet. */
  get waiting(): number {
    return this._came;
  }

  /**
   * The pieces of each attachment, where the message is a packet; undefined where it only brings
   * pieces. What there was no room for is {@link LOST}. Throws where the counts or sizes and what
   * came do not fit; all is forgotten then.
   */
  take(message: Message): readonly (readonly Piece[])[] | undefined {
    if (typeof message === "string" && this._came === 0 && !this._coming) return NONE;
    try {
      return this._taken(message);
    } catch (error) {
      this._reset();
      this._atAWord = MAX_PIECE;
      throw error;
    }
  }

  private _taken(message: Message): readonly (readonly Piece[])[] | undefined {
    if (typeof message === "string") return this._apart([], []);
    const [packet, , pieces = [], counts] = message;
    if (packet !== "" || pieces.length === 0) return this._apart(pieces, counts ?? []);
    if (counts) this._begin(counts);
    for (const piece of pieces) this._add(piece);
    return undefined;
  }

  /** Long bytes begin; what comes is joined at once, while it is in the processor's cache. */
  private _begin([total = 0]: readonly number[]) {
    if (this._coming || total === 0) throw unlike();
    const hasRoom = this._size + total <= this._max();
    const bytes = hasRoom ? new Uint8Array(Math.min(total, this._atAWord)) : undefined;
    this._coming = { total, came: 0, bytes };
  }

  private _add(piece: Piece) {
    const { _coming: coming } = this;
    this._size += Math.max(sizeOf(piece), coming ? 0 : PIECE_WEIGHT);
    if (!coming) return this._keep(piece, this._size <= this._max());
    const { total, came, bytes } = coming;
    coming.came += sizeOf(piece);
    if (typeof piece === "string" || coming.came === came || coming.came > total) throw unlike();
    if (bytes) {
      if (coming.came > bytes.length) coming.bytes = longer(bytes, total);
      coming.bytes?.set(new Uint8Array(piece), came);
    }
    if (coming.came < total) return;
    this._coming = undefined;
    this._keep(coming.bytes?.buffer as ArrayBuffer, bytes !== undefined);
  }

  private _keep(piece: Piece, hasRoom: boolean) {
    this._came += 1;
    if (hasRoom) append(this._pieces, piece);
  }

  private _apart(last: readonly Piece[], counts: readonly number[]): (readonly Piece[])[] {
    for (const piece of last) this._add(piece);
    if (this._coming) throw unlike();
    const { _pieces: pieces, _came: came } = this;
    this._reset();
    let next = 0;
    const attachments = counts.map((count) => {
      const first = next;
      next += count;
      if (next > pieces.length) return LOST;
      const attachment = pieces.slice(first, next);
      return isAttachment(attachment) ? attachment : mixed();
    });
    if (next === came) return attachments;
    throw new Error(`its attachments have ${next} pieces and ${came} came`);
  }

  private _reset() {
    this._pieces = [];
    this._came = 0;
    this._size = 0;
    this._coming = undefined;
  }
}

function unlike(): Error {
  return new Error("its attachments are not as long as was told");
}

function mixed(): never {
  throw new Error("the pieces of an attachment are not all bytes or all text, or one is empty");
}

function isAttachment(pieces: readonly Piece[]): boolean {
  return pieces.length === 1 || (areAlike(pieces) && pieces.every((piece) => sizeOf(piece) > 0));
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
function areAlike(pieces: readonly Attachment[]): boolean {
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
