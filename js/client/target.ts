import { requireName } from "../errors";
import { MAX_NAME } from "../protocol/protocol";
import { must } from "../requests";

/** Throws unless `windowName` can be a window's: then it fits into a packet, with all that goes with it. */
export function requireTarget(apiName: string, windowName: unknown): asserts windowName is string {
  requireName(apiName, "windowName", windowName);
  // As main refuses to give such a name. A UTF-16 unit has a byte at least; a
  // name that is a little too long is one that main does not know.
  must(windowName.length <= MAX_NAME, apiName, `a name has up to ${MAX_NAME} bytes`, windowName);
}
