/** Keeps attachments while Rust routes the records that name their slots. */
export class Slab {
  private readonly buffers = new Map<number, ArrayBuffer>();
  private next = 0;
  /** Whether Rust may have slots to give back. */
  touched = false;

  /**
   * Puts buffers into consecutive slots and tells `route` the first, and each one's bytes. Where
   * that throws, the slots are free again.
   */
  lend(buffers: readonly ArrayBuffer[], route: (first: number, sizes: number[]) => unknown) {
    if (buffers.length === 0) return void route(0, NO_SIZES);
    const first = this.next;
    this.touched = true;
    for (const buffer of buffers) this.buffers.set(this.advance(), buffer);
    try {
      route(
        first,
        buffers.map((buffer) => Math.min(buffer.byteLength, MAX_SIZE)),
      );
    } catch (error) {
      this.free(buffers.map((_, i) => (first + i) >>> 0));
      throw error;
    }
  }

  get(slots: readonly number[]): ArrayBuffer[] {
    return slots.map((slot) => this.buffers.get(slot) as ArrayBuffer);
  }

  /** Takes back what Rust is done with. */
  sweep(freed: readonly number[]) {
    this.free(freed);
    this.touched = this.buffers.size > 0;
  }

  get size(): number {
    return this.buffers.size;
  }

  private free(slots: readonly number[]) {
    for (const slot of slots) this.buffers.delete(slot);
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
