/**
 * What to send instead of an object that cannot be sent: the first of these whose member the object has. `it`
 * is the object.
 */
export const SUBSTITUTES: readonly (readonly [member: PropertyKey, way: string])[] = [
  ["then", "await it"],
  ["arrayBuffer", "await it.arrayBuffer()"],
  ["toPNG", "it.toPNG()"],
  ["href", "String(it)"],
  [Symbol.iterator, "[...it]"],
];
