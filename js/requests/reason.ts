import { type Encoded, encode } from "../codec";
import { failure } from "../errors";

/** The reason of a signal that has none. */
export function aborted(): Error {
  return failure("ERR_ABORTED", "the request was aborted", { name: "AbortError" });
}

/** The reason of a cancelled request, for its handler. If it cannot be sent, ERR_ABORTED takes its place. */
export function encodeReason(reason: unknown): Encoded {
  return readOr(
    () => encode(reason, "reason"),
    () => encode(aborted(), "reason"),
  );
}

export function readOr<Value>(read: () => Value, fallback: () => Value): Value {
  try {
    return read();
  } catch {
    return fallback();
  }
}
