import { must, requireName } from "../errors";
import { MAX_NAME } from "../protocol/protocol";

/** Throws unless `windowName` can be the name of a window. Such a name always fits into a packet. */
export function requireTarget(apiName: string, windowName: unknown): asserts windowName is string {
  requireName(apiName, "windowName", windowName);
  // Main gives no longer name. A UTF-16 unit has at least one byte, so a name that passes may still be
  // too long; main then does not know it.
  must(
    windowName.length <= MAX_NAME,
    apiName,
    `windowName must be up to ${MAX_NAME} bytes`,
    windowName,
  );
}
