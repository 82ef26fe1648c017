import { failure } from "../errors";

/** For a value that holds something that no message can carry. The message names the place. */
export function notCloneable(message: string): Error {
  const name = "DataCloneError";
  return failure("ERR_NOT_CLONEABLE", `${message} and cannot be sent`, { name });
}
