import type { Piece } from "../protocol/protocol";
import { LOST } from "../wire";

/** Keeps the pieces of attachments while Rust routes the records that name their slots. */
export class Slab {
  private readonly attachments = new Map<number, readonly Piece[]>();
  private next = 0;
  /** Whether Rust may have slots to give back. */
  touched = false;

  /**
   * Puts attachments into consecutive slots and tells `route` the first, and each one's bytes.
   * Where that throws, the slots are free again.
   */
  lend(
    attachments: readonly (readonly Piece[])[],
    route: (first: number, sizes: number[]) => unknown,
  ) {
    if (attachments.length === 0) return void route(0, NO_SIZES);
    const first = this.next;
    this.touched = true;
    for (const pieces of attachments) this.attachments.set(this.advance(), pieces);
    try {
      route(first, attachments.map(bytesOf));
    } catch (error) {
      this.free(attachments.map((_, i) => (first + i) >>> 0));
      throw error;
    }
  }

  get(slots: readonly number[]): (readonly Piece[])[] {
    return slots.map((slot) => this.attachments.get(slot) as readonly Piece[]);
  }

  /** Takes back what Rust is done with. */
  sweep(freed: readonly number[]) {
    this.free(freed);
    this.touched = this.attachments.size > 0;
  }

  get size(): number {
    return this.attachments.size;
  }

  private free(slots: readonly number[]) {
    for (const slot of slots) this.attachments.delete(slot);
  }

  /** Slots are numbered as in Rust: 32 bits, wrapping around. */
  private advance(): number {
    const slot = this.next;
    this.next = (slot + 1) >>> 0;
    return slot;
  }
}

const NO_SIZES: number[] = [];
/** Sizes are counted in 32 bits; no bound is higher. */
const MAX_SIZE = 2 ** 32 - 1;

/** Of text, those that it has as UTF-8. */
function bytesOf(pieces: readonly Piece[]): number {
  if (pieces === LOST) return MAX_SIZE;
  const bytes = pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0);
  return Math.min(bytes, MAX_SIZE);
}
