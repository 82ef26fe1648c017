import { must, requireName } from "../errors";
import { type Code, MAX_NAME } from "../protocol/protocol";

/** The router keeps names as UTF-8. Node-API replaces a lone surrogate in the same way. */
export function wellFormed(name: string): string {
  return name.replace(/[\ud800-\udfff]/gu, "\ufffd");
}

/**
 * A name as the router keeps it. Throws if it can be none. `code`: of the error if it is no text, because in an
 * option that is another one than in an argument.
 */
export function nameOf(apiName: string, argument: string, value: unknown, code?: Code): string {
  requireName(apiName, argument, value, code);
  const isShort = new TextEncoder().encode(value).length <= MAX_NAME;
  must(isShort, apiName, `${argument} must be up to ${MAX_NAME} bytes`, value);
  return wellFormed(value);
}
