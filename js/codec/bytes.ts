import { append, copied } from "../errors";
import { MAX_INLINE } from "../protocol/protocol";
import { getOwnPropertyDescriptor, getPrototypeOf } from "./kind";
import { BYTES, VIEW } from "./tags";
import type { Walker } from "./walker";

/** The class that all typed arrays extend. */
export const TypedArray: { readonly prototype: object } = getPrototypeOf(Uint8Array);

/** The name of the class by internal slot; undefined for a DataView. */
const typedArrayName = getterOf(TypedArray.prototype, Symbol.toStringTag);

/**
 * A view is sent with its whole ArrayBuffer, as in structured clone, so that views of one buffer share it
 * again. The exception is a Node Buffer. Its ArrayBuffer may be the pool, which has the bytes of other
 * Buffers, so only its own range is sent, and it shares with no other view.
 */
export function view(walker: Walker, view: ArrayBufferView): unknown {
  const name = (typedArrayName.call(view as never) as string | undefined) ?? "DataView";
  const { byteOffset, byteLength } = view;
  const length = name === "DataView" ? byteLength : (view as Uint8Array).length;
  const { Buffer } = globalThis as { Buffer?: new (...args: never[]) => object };
  const isPool = typeof Buffer === "function" && view instanceof Buffer;
  if (isPool) walker._number({}); // in place of the buffer that decode makes
  const bytes = isPool
    ? buffer(walker, view.buffer, byteOffset, byteLength)
    : walker._at("buffer", view.buffer);
  return walker._tagged([VIEW, name, bytes, isPool ? 0 : byteOffset, length]);
}

/** A range of a buffer. If it is long, the transport copies it. A detached buffer is rejected. */
export function buffer(walker: Walker, from: ArrayBufferLike, offset: number, length: number) {
  try {
    const bytes = new Uint8Array(from, offset, length);
    const n = append(walker._beside, length > MAX_INLINE ? bytes : copied(bytes));
    return walker._tagged([BYTES, n]);
  } catch {
    return walker._reject("a detached ArrayBuffer");
  }
}

export const byteLength = getterOf(ArrayBuffer.prototype, "byteLength");

/** A method that throws unless its receiver has the internal slots of the method's class. */
export type Method = (this: never, argument?: never) => unknown;

export function getterOf(prototype: object, name: PropertyKey): Method {
  return (getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor).get as Method;
}
