/** Keeps attachments while Rust routes the records that name their slots. */
export class Slab {
  private readonly buffers = new Map<number, ArrayBuffer>();
  private next = 0;

  /** Puts buffers into consecutive slots; returns the first. */
  put(buffers: readonly ArrayBuffer[]): number {
    const first = this.next;
    for (const buffer of buffers) this.buffers.set(this.advance(), buffer);
    return first;
  }

  get(slots: readonly number[]): ArrayBuffer[] {
    return slots.map((slot) => this.buffers.get(slot) as ArrayBuffer);
  }

  free(slots: readonly number[]) {
    for (const slot of slots) this.buffers.delete(slot);
  }

  get size(): number {
    return this.buffers.size;
  }

  /** Slots are numbered as in Rust: 32 bits, wrapping around. */
  private advance(): number {
    const slot = this.next;
    this.next = (slot + 1) >>> 0;
    return slot;
  }
}
