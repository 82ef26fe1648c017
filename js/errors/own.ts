/**
 * What is set here becomes a property of the object's own. An assignment, and so `push`, calls the
 * setter that a page's script may have put on Object.prototype or Array.prototype; and a descriptor
 * with a prototype has the `get` or `writable` that the script may have put there.
 */

type Members = Readonly<Record<string, unknown>>;

/** `hasOwn.call(object, key)`: whether a property is the object's own, and not a prototype's. */
export const { hasOwnProperty: hasOwn } = Object.prototype;

/** Sets properties, whatever their names; the unlisted ones are not enumerable. */
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

/** As `push` does, and as fast. Returns the index. */
export function append<T>(list: T[], value: T): number {
  const at = list.length;
  if (at in list) define(list, { [at]: value });
  else list[at] = value;
  return at;
}
