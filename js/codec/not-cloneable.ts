import { failure } from "../errors";

/** For a value that holds something that no message can carry. The message names the place. */
export function notCloneable(message: string, way?: string): Error {
  const advice = way ? `; send ${way}` : "";
  return failure("ERR_NOT_CLONEABLE", `${message} and cannot be sent${advice}`, {
    name: "DataCloneError",
  });
}

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
