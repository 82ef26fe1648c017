/** Keeps attachments while Rust routes the records that name their slots. */
export class Slab {
  private readonly buffers = new Map<number, ArrayBuffer>();
  private next = 0;
  /** Whether Rust may have slots to give back. */
  touched = false;

  /** Puts buffers into consecutive slots; returns the first. */
  put(buffers: readonly ArrayBuffer[]): number {
    const first = this.next;
    this.touched = true;
    for (const buffer of buffers) this.buffers.set(this.advance(), buffer);
    return first;
  }

  get(slots: readonly number[]): ArrayBuffer[] {
    return slots.map((slot) => this.buffers.get(slot) as ArrayBuffer);
  }

  free(slots: readonly number[]) {
    for (const slot of slots) this.buffers.delete(slot);
  }

  /** Takes back what Rust is done with. */
  sweep(freed: readonly number[]) {
    this.free(freed);
    this.touched = this.buffers.size > 0;
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
