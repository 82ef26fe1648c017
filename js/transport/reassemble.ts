import { append } from "../errors";
import {
  type Attachment,
  FRAGMENT_WEIGHT,
  type Fragment,
  MAX_INLINE,
  type Message,
} from "../protocol/protocol";
import { sizeOf, sizeOfAll } from "./size";

/** An attachment whose size came first, while its fragments come. */
interface LongBytes {
  readonly total: number;
  came: number;
  /** Undefined if the attachment is {@link OVERSIZED}. */
  bytes: Uint8Array | undefined;
}

/**
 * Announced sizes up to this are allocated at once, in bytes. Above it the buffer grows to at most twice
 * the bytes received, so that a page cannot make main reserve memory by announcing a size. After one
 * wrong announcement the bound is {@link MAX_INLINE}.
 */
const MAX_TRUSTED = 16 * 1024 * 1024;

/** Collects fragments until their packet comes. */
export class Reassembler {
  private _fragments: Fragment[] = [];
  /** How many fragments came, those that were dropped included. */
  private _came = 0;
  private _size = 0;
  private _coming: LongBytes | undefined;
  private _trusted = MAX_TRUSTED;

  /** `_max`: how much is kept, in bytes and units of text. Each fragment counts at least `FRAGMENT_WEIGHT`. */
  constructor(private readonly _max: () => number) {}

  /** How many fragments came, and wait for their packet, those that were dropped included. */
  get pending(): number {
    return this._came;
  }

  /**
   * The fragments of each attachment if the message has a packet; undefined if it only brings fragments.
   * An attachment that was dropped is {@link OVERSIZED}. Throws if the counts or sizes do not fit what
   * came; all fragments are dropped then.
   */
  take(message: Message): readonly (readonly Fragment[])[] | undefined {
    if (typeof message === "string" && this._came === 0 && !this._coming) return NONE;
    try {
      return this._taken(message);
    } catch (error) {
      this._reset();
      this._trusted = MAX_INLINE;
      throw error;
    }
  }

  private _taken(message: Message): readonly (readonly Fragment[])[] | undefined {
    if (typeof message === "string") return this._apart([], []);
    const [packet, , fragments = [], counts] = message;
    if (packet !== "" || fragments.length === 0) return this._apart(fragments, counts ?? []);
    if (counts) this._begin(counts);
    for (const fragment of fragments) this._add(fragment);
    return undefined;
  }

  /** Begins long bytes. Each fragment is copied when it comes, while it is in the cache of the processor. */
  private _begin([total = 0]: readonly number[]) {
    if (this._coming || total === 0) throw sizeMismatch();
    const hasRoom = this._size + total <= this._max();
    const bytes = hasRoom ? new Uint8Array(Math.min(total, this._trusted)) : undefined;
    this._coming = { total, came: 0, bytes };
  }

  private _add(fragment: Fragment) {
    const { _coming: coming } = this;
    this._size += Math.max(sizeOf(fragment), coming ? 0 : FRAGMENT_WEIGHT);
    if (!coming) return this._keep(fragment, this._size <= this._max());
    const { total, came, bytes } = coming;
    coming.came += sizeOf(fragment);
    if (typeof fragment === "string" || coming.came === came || coming.came > total)
      throw sizeMismatch();
    if (bytes) {
      if (coming.came > bytes.length) coming.bytes = longer(bytes, total);
      coming.bytes?.set(new Uint8Array(fragment), came);
    }
    if (coming.came < total) return;
    this._coming = undefined;
    this._keep(coming.bytes?.buffer as ArrayBuffer, bytes !== undefined);
  }

  private _keep(fragment: Fragment, hasRoom: boolean) {
    this._came += 1;
    if (hasRoom) append(this._fragments, fragment);
  }

  private _apart(last: readonly Fragment[], counts: readonly number[]): (readonly Fragment[])[] {
    for (const fragment of last) this._add(fragment);
    if (this._coming) throw sizeMismatch();
    const { _fragments: fragments, _came: came } = this;
    this._reset();
    let next = 0;
    const attachments = counts.map((count) => {
      const first = next;
      next += count;
      if (next > fragments.length) return OVERSIZED;
      const attachment = fragments.slice(first, next);
      return isAttachment(attachment) ? attachment : throwMixed();
    });
    if (next === came) return attachments;
    throw new Error(`its attachments have ${next} fragments and ${came} came`);
  }

  private _reset() {
    this._fragments = [];
    this._came = 0;
    this._size = 0;
    this._coming = undefined;
  }
}

function sizeMismatch(): Error {
  return new Error("its attachments have not the size that was announced");
}

function throwMixed(): never {
  throw new Error(
    "the fragments of one attachment are not all bytes or all text, or one of them is empty",
  );
}

function isAttachment(fragments: readonly Fragment[]): boolean {
  return (
    fragments.length === 1 ||
    (isUniform(fragments) && fragments.every((fragment) => sizeOf(fragment) > 0))
  );
}

function longer(bytes: Uint8Array, max: number): Uint8Array {
  const copy = new Uint8Array(Math.min(max, 2 * bytes.length));
  copy.set(bytes);
  return copy;
}

const NONE: readonly (readonly Fragment[])[] = [];

/** The one value that stands for an attachment above the limit, whose fragments were dropped. */
export const OVERSIZED: readonly Fragment[] = [];

/** In place of an attachment that cannot be read. Decode then rejects its record. */
const UNREADABLE = undefined as unknown as Fragment;

/**
 * The attachment of these fragments, which are all text or all bytes. Never throws: if there is no memory
 * for the attachment, only its own record cannot be read.
 */
export function reassemble(fragments: readonly Attachment[]): Fragment {
  try {
    return reassembled(fragments);
  } catch {
    return UNREADABLE;
  }
}

function reassembled(fragments: readonly Attachment[]): Fragment {
  const [first] = fragments;
  if (fragments.length === 1 && !(first instanceof Uint8Array)) return first as Fragment;
  if (!isUniform(fragments)) return UNREADABLE;
  return typeof first === "string" ? fragments.join("") : joinBytes(fragments);
}

/** Whether there are fragments, all text or all bytes. */
function isUniform(fragments: readonly Attachment[]): boolean {
  const [first] = fragments;
  return first !== undefined && fragments.every((fragment) => typeof fragment === typeof first);
}

function joinBytes(fragments: readonly Attachment[]): ArrayBuffer {
  const bytes = new Uint8Array(sizeOfAll(fragments));
  let at = 0;
  for (const fragment of fragments as readonly (ArrayBuffer | Uint8Array)[]) {
    bytes.set(fragment instanceof Uint8Array ? fragment : new Uint8Array(fragment), at);
    at += fragment.byteLength;
  }
  return bytes.buffer;
}
