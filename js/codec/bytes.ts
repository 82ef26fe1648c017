import { append } from "../errors";
import { MAX_FRAGMENT } from "../protocol/protocol";
import { BYTES, VIEW } from "./tags";
import type { Walker } from "./walker";

/** The class's name by internal slot; undefined for a DataView. */
const typedArrayName = getterOf(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag);

/**
 * A view takes its whole ArrayBuffer along, as structured clone has it, so that views of one
 * buffer share it again. The exception is a Node Buffer: its ArrayBuffer may be the pool, where
 * the bytes of others lie, so it sends its own range only and shares with nobody.
 */
export function view(walker: Walker, view: ArrayBufferView): unknown {
  const name = (typedArrayName.call(view as never) as string | undefined) ?? "DataView";
  const { byteOffset, byteLength } = view;
  const length = name === "DataView" ? byteLength : (view as Uint8Array).length;
  const { Buffer } = globalThis as { Buffer?: new (...args: never[]) => object };
  const isPool = typeof Buffer === "function" && view instanceof Buffer;
  if (isPool) walker._adopted({}); // in place of the buffer that decode makes
  const bytes = isPool
    ? buffer(walker, view.buffer, byteOffset, byteLength)
    : walker._at("buffer", view.buffer);
  return walker._tagged([VIEW, name, bytes, isPool ? 0 : byteOffset, length]);
}

/**
 * The copy of a buffer's range; where it is long, it is for the sender to copy. A detached buffer is
 * refused.
 */
export function buffer(walker: Walker, from: ArrayBufferLike, offset: number, length: number) {
  try {
    const bytes = new Uint8Array(from, offset, length);
    const n = append(walker._beside, length > MAX_FRAGMENT ? bytes : copied(bytes));
    return walker._tagged([BYTES, n]);
  } catch {
    return walker._refuse("a detached ArrayBuffer");
  }
}

export const byteLength = getterOf(ArrayBuffer.prototype, "byteLength");

/** A page may have put its own `slice` in the place of the typed arrays'. */
export function copied(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

/** A method that throws unless its receiver has the internal slots of the method's class. */
export type Method = (this: never, argument?: never) => unknown;

export function getterOf(prototype: object, name: PropertyKey): Method {
  return (Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor).get as Method;
}
