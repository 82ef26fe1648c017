import type { Code } from "../protocol/protocol";

/** A value holds something that no message can carry. The message names the place. */
export class NotCloneableError extends Error {
  override readonly name = "DataCloneError";
  readonly code = "ERR_NOT_CLONEABLE" satisfies Code;
}
