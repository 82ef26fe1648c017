/** What to send in place of an object that has such a member, which is `it`. */
const WAYS: readonly (readonly [member: PropertyKey, way: string])[] = [
  ["then", "await it"],
  ["arrayBuffer", "await it.arrayBuffer()"],
  ["toPNG", "it.toPNG()"],
  ["href", "String(it)"],
  [Symbol.iterator, "[...it]"],
];

export function wayOut(object: object): string | undefined {
  return WAYS.find(([member]) => member in object)?.[1];
}
