import { failure } from "../errors";

/** The error for a value that holds something that cannot be sent. `message` names the place. */
export function notCloneable(message: string, way?: string): Error {
  const advice = way ? `; send ${way}` : "";
  return failure("ERR_NOT_CLONEABLE", `${message} and cannot be sent${advice}`, {
    name: "DataCloneError",
  });
}

/** For an object that has the member: the expression to send instead, in which `it` is the object. */
const SUBSTITUTES: readonly (readonly [member: PropertyKey, way: string])[] = [
  ["then", "await it"],
  ["arrayBuffer", "await it.arrayBuffer()"],
  ["toPNG", "it.toPNG()"],
  ["href", "String(it)"],
  [Symbol.iterator, "[...it]"],
];

export function substituteFor(object: object): string | undefined {
  return SUBSTITUTES.find(([member]) => member in object)?.[1];
}
