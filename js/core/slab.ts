import { failure } from "../errors";
import { type Attachment, FRAGMENT_WEIGHT } from "../protocol/protocol";
import { fragmentsOf, OVERSIZED, sizeOf } from "../transport";
import { attachmentsLine } from "./lines";

/** Attachments of one packet, as in src/router/parse.rs. */
const MAX_ATTACHMENTS = 262_144;

/** In bytes: what a slot counts beside its attachment, as in src/router/attachments.rs. */
const SLOT_BYTES = 512;

/** The fragments of an attachment that are here. */
type Fragments = readonly Attachment[];

/** Keeps the fragments of attachments while Rust routes the records that name their slots. */
export class Slab {
  private readonly _attachments = new Map<number, Fragments>();
  private _next = 0;
  /** Whether Rust may have slots to give back. */
  hasLent = false;
  /** The slots of what may be memory of the app's. */
  private _borrowed: number[] = [];

  /**
   * Puts attachments into consecutive slots. `route` gets the line that names them, and the
   * bytes that they count in a queue. If it throws, the slots are free again.
   */
  lend<T>(attachments: readonly Fragments[], route: (named: string, bytes: number) => T): T {
    if (attachments.length === 0) return route("", 0);
    // The router would reject the packet; to put them into slots first takes most of the time.
    if (attachments.length > MAX_ATTACHMENTS) throw tooManyError(attachments.length);
    const first = this._next;
    this.hasLent = true;
    for (const fragments of attachments) this._put(fragments);
    const sizes = attachments.map(bytesOf);
    const bytes = sizes.reduce((sum, size) => sum + size + SLOT_BYTES, 0);
    try {
      return route(attachmentsLine(first, sizes), bytes);
    } catch (error) {
      this._free(attachments.map((_, i) => (first + i) >>> 0));
      throw error;
    }
  }

  get(slots: readonly number[]): Fragments[] {
    return slots.map((slot) => this._attachments.get(slot) as Fragments);
  }

  /** Takes back what Rust is done with. */
  sweep(freed: readonly number[]) {
    this._free(freed);
    this.hasLent = this._attachments.size > 0;
  }

  get hasBorrowed(): boolean {
    return this._borrowed.length > 0;
  }

  /** Copies what is still memory of the app's. */
  settle() {
    for (const slot of this._borrowed) {
      const fragments = this._attachments.get(slot);
      if (fragments) this._attachments.set(slot, fragments.flatMap(fragmentsOf));
    }
    this._borrowed = [];
  }

  get size(): number {
    return this._attachments.size;
  }

  private _put(fragments: Fragments) {
    if (fragments[0] instanceof Uint8Array) this._borrowed.push(this._next);
    this._attachments.set(this._next, fragments);
    // Slots are numbered as in Rust: 32 bits, wrapping around.
    this._next = (this._next + 1) >>> 0;
  }

  private _free(slots: readonly number[]) {
    for (const slot of slots) this._attachments.delete(slot);
  }
}

function tooManyError(count: number): Error {
  const message = `the packet has ${count} attachments, and may have ${MAX_ATTACHMENTS}`;
  return failure("ERR_BAD_PACKET", message);
}

/** Sizes are counted in 32 bits; no bound is higher. */
const MAX_SIZE = 2 ** 32 - 1;

function bytesOf(fragments: Fragments): number {
  if (fragments === OVERSIZED) return MAX_SIZE;
  const bytes = fragments.reduce((sum, fragment, i) => sum + bytesOfFragment(fragment, i), 0);
  return Math.min(bytes, MAX_SIZE);
}

/** The router knows how many attachments there are, and not of how many fragments. */
function bytesOfFragment(fragment: Attachment, i: number): number {
  return Math.max(sizeOf(fragment) * unitOf(fragment), i > 0 ? FRAGMENT_WEIGHT : 0);
}

/**
 * V8 keeps text of Latin-1 in a byte for each letter and all other in two. For the first it knows
 * without a look that this finds nothing: 60,000 letters take 0.14 us, and their UTF-8 40 to count.
 */
const NOT_LATIN_1 = /[^\0-\xff]/;

function unitOf(fragment: Attachment): number {
  return typeof fragment === "string" && NOT_LATIN_1.test(fragment) ? 2 : 1;
}
