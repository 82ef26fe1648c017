import { append } from "../errors";
import {
  type Attachment,
  FRAGMENT_WEIGHT,
  type Fragment,
  MAX_FRAGMENT,
  type Message,
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

/** Keeps fragments until their packet comes. */
export class Reassembler {
  private _fragments: Fragment[] = [];
  /** How many came, also of those that are not kept. */
  private _came = 0;
  private _size = 0;
  private _coming: Coming | undefined;
  private _atAWord = AT_A_WORD;

  /** No more than `_max` is kept, in bytes and units of text, where each fragment has some. */
  constructor(private readonly _max: () => number) {}

  /** How many fragments came, and wait for their packet. */
  get waiting(): number {
    return this._came;
  }

  /**
   * The fragments of each attachment, where the message is a packet; undefined where it only brings
   * fragments. What there was no room for is {@link LOST}. Throws where the counts or sizes and what
   * came do not fit; all is forgotten then.
   */
  take(message: Message): readonly (readonly Fragment[])[] | undefined {
    if (typeof message === "string" && this._came === 0 && !this._coming) return NONE;
    try {
      return this._taken(message);
    } catch (error) {
      this._reset();
      this._atAWord = MAX_FRAGMENT;
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

  /** Long bytes begin; what comes is joined at once, while it is in the processor's cache. */
  private _begin([total = 0]: readonly number[]) {
    if (this._coming || total === 0) throw unlike();
    const hasRoom = this._size + total <= this._max();
    const bytes = hasRoom ? new Uint8Array(Math.min(total, this._atAWord)) : undefined;
    this._coming = { total, came: 0, bytes };
  }

  private _add(fragment: Fragment) {
    const { _coming: coming } = this;
    this._size += Math.max(sizeOf(fragment), coming ? 0 : FRAGMENT_WEIGHT);
    if (!coming) return this._keep(fragment, this._size <= this._max());
    const { total, came, bytes } = coming;
    coming.came += sizeOf(fragment);
    if (typeof fragment === "string" || coming.came === came || coming.came > total) throw unlike();
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
    if (this._coming) throw unlike();
    const { _fragments: fragments, _came: came } = this;
    this._reset();
    let next = 0;
    const attachments = counts.map((count) => {
      const first = next;
      next += count;
      if (next > fragments.length) return LOST;
      const attachment = fragments.slice(first, next);
      return isAttachment(attachment) ? attachment : mixed();
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

function unlike(): Error {
  return new Error("its attachments are not as long as was told");
}

function mixed(): never {
  throw new Error("the fragments of an attachment are not all bytes or all text, or one is empty");
}

function isAttachment(fragments: readonly Fragment[]): boolean {
  return (
    fragments.length === 1 ||
    (areAlike(fragments) && fragments.every((fragment) => sizeOf(fragment) > 0))
  );
}

function longer(bytes: Uint8Array, most: number): Uint8Array {
  const copy = new Uint8Array(Math.min(most, 2 * bytes.length));
  copy.set(bytes);
  return copy;
}

const NONE: readonly (readonly Fragment[])[] = [];

/** Of this identity: an attachment that is larger than anything that may wait. */
export const LOST: readonly Fragment[] = [];

/** In place of an attachment that cannot be read: decode refuses the record that it belongs to. */
const UNREADABLE = undefined as unknown as Fragment;

/**
 * The attachment of these fragments, which are all text or all bytes. Never throws: an attachment that
 * cannot be joined is the end of its record, and not of those beside it.
 */
export function whole(fragments: readonly Attachment[]): Fragment {
  try {
    return joined(fragments);
  } catch {
    return UNREADABLE;
  }
}

function joined(fragments: readonly Attachment[]): Fragment {
  const [first] = fragments;
  if (fragments.length === 1 && !(first instanceof Uint8Array)) return first as Fragment;
  if (!areAlike(fragments)) return UNREADABLE;
  return typeof first === "string" ? fragments.join("") : joinBytes(fragments);
}

/** Whether there are fragments, all text or all bytes. */
function areAlike(fragments: readonly Attachment[]): boolean {
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
