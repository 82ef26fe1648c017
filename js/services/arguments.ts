import { type Encoded, encode } from "../codec";
import { failure } from "../errors";

/** The place of an argument in an error of the codec: `args[1].items[3]`, or `[...args[1]][0]` in a Set. */
const PLACE = /^((?:\[\.{3})*)args(?:\[(\d+)])?( ?)/;

/**
 * The arguments of a call as one array, as they are now. If a value in them cannot be sent, the error names its
 * place: `files.read argument 2: .items[3] is a function`.
 */
export function encodeArguments(title: string, args: readonly unknown[]): Encoded {
  try {
    return encode(args, "args");
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string };
    if (code !== "ERR_NOT_CLONEABLE") throw error;
    throw failure(code, placed(title, message), { name: "DataCloneError" });
  }
}

function placed(title: string, message: string): string {
  return message.replace(PLACE, (_, before, index, space) => {
    const place = before ? `: ${before}it` : space || ": ";
    // Only the depth is of all arguments together.
    return `${title} argument${index ? ` ${+index + 1}` : "s"}${place}`;
  });
}
