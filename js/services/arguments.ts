import { notCloneable, untitled } from "../errors";

/** The place of an argument in a sentence of the codec: `args[1].items[3]`, or `[...args[1]][0]` in a Set. */
const PLACE = /^((?:\[\.{3})*)args(?:\[(\d+)])?( ?)/;

/**
 * The error of a call that could not be sent. If that is for a value in its arguments, the error names its place:
 * `files.read argument 2: .items[3] is a function`.
 */
export function errorOfCall(title: string, error: unknown): unknown {
  // A getter may throw anything.
  const { code, message } = Object(error) as { code?: unknown; message: string };
  if (code !== "ERR_NOT_CLONEABLE") return error;
  return notCloneable(placed(title, untitled(message)));
}

function placed(title: string, message: string): string {
  return message.replace(PLACE, (_, before, index, space) => {
    const place = before ? `: ${before}it` : space || ": ";
    // Only the depth is of all arguments together.
    return `${title} argument${index ? ` ${+index + 1}` : "s"}${place}`;
  });
}
