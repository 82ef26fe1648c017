/**
 * An object that cannot be sent has one of these members: the expression is what to send instead, in which
 * `it` is the object.
 */
export const SUBSTITUTES: readonly (readonly [member: PropertyKey, way: string])[] = [
  ["then", "await it"],
  ["arrayBuffer", "await it.arrayBuffer()"],
  ["toPNG", "it.toPNG()"],
  ["href", "String(it)"],
  [Symbol.iterator, "[...it]"],
];
