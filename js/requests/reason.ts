import { type Encoded, encode } from "../codec";
import { failure } from "../errors";

/** The reason where a signal has none. */
export function aborted(): Error {
  return failure("ERR_ABORTED", "the request was aborted", { name: "AbortError" });
}

/** Why a request was given up, for its handler; whatever it is, giving up goes on. */
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
