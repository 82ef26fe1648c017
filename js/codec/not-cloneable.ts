import { failure } from "../errors";

/** For a value that holds something that no message can carry. The message names the place. */
export function notCloneable(message: string, way?: string): Error {
  const advice = way ? `; send ${way}` : "";
  return failure("ERR_NOT_CLONEABLE", `${message} and cannot be sent${advice}`, {
    name: "DataCloneError",
  });
}
