import { type Encoded, encode } from "../codec";
import { failure } from "../errors";

/** The place of an argument in an error of the codec: `args[1].items[3]`, or `[...args[1]][0]` in a Set. */
const PLACE = /^((?:\[\.\.\.)*)args\[(\d+)\](?=(.))/;

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
  const [all, before, index, next] = PLACE.exec(message) ?? [];
  if (all === undefined) return message.replace(/^args/, `${title}: the array of arguments`);
  const place = before ? `: ${before}it` : next === " " ? "" : ": ";
  return `${title} argument ${Number(index) + 1}${place}${message.slice(all.length)}`;
}
