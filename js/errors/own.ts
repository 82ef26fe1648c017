/**
 * Own properties, whatever scripts of a page have put on Object.prototype or Array.prototype. An assignment,
 * and so `push`, would call a setter there, and a descriptor with a prototype would inherit a `get` or
 * `writable`.
 */

type Members = Readonly<Record<string, unknown>>;

/**
 * `hasOwn.call(object, key)`: whether a property is the object's own, and not a prototype's.
 * `classText.call(object)`: "[object Map]" and the like.
 */
export const { hasOwnProperty: hasOwn, toString: classText } = Object.prototype;

/** Sets own properties of any names. The unlisted ones are not enumerable. */
export function define<T extends object>(
  object: T,
  members: Members,
  unlisted: readonly string[] = [],
): T {
  for (const key of Object.keys(members)) {
    Object.defineProperty(object, key, {
      __proto__: null,
      value: members[key],
      enumerable: !unlisted.includes(key),
      writable: true,
      configurable: true,
    } as PropertyDescriptor);
  }
  return object;
}

/** Appends as `push` does, and as fast. Returns the index. */
export function append<T>(list: T[], value: T): number {
  const at = list.length;
  if (at in list) define(list, { [at]: value });
  else list[at] = value;
  return at;
}

/** Without `slice`, because a page may have replaced that of the typed arrays. */
export function copied(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
