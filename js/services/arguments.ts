import { type Encoded, encode } from "../codec";

/** The place of an argument in a sentence of the codec: `args[1].items[3]`, or `[...args[1]][0]` in a Set. */
const PLACE = /^((?:\[\.{3})*)args(?:\[(\d+)])?( ?)/;

/**
 * The arguments of a call as one array, as they are now. If a value in them cannot be sent, the error names its
 * place: `files.read argument 2: .items[3] is a function`.
 */
export function encodeArguments(title: string, args: readonly unknown[]): Encoded {
  return encode(args, "args", (sentence) =>
    sentence.replace(PLACE, (_, before, index, space) => {
      const place = before ? `: ${before}it` : space || ": ";
      // Only the depth is of all arguments together.
      return `${title} argument${index ? ` ${+index + 1}` : "s"}${place}`;
    }),
  );
}
