import { must, requireName } from "../errors";
import { MAX_NAME } from "../protocol/protocol";

/** The router keeps names as UTF-8. Node-API replaces a lone surrogate in the same way. */
export function wellFormed(name: string): string {
  return name.replace(/[\ud800-\udfff]/gu, "\ufffd");
}

/** The name of a service, method or topic, as the router keeps it. Throws if it can be no name. */
export function nameOf(apiName: string, argument: string, value: unknown): string {
  requireName(apiName, argument, value);
  const isShort = new TextEncoder().encode(value).length <= MAX_NAME;
  must(isShort, apiName, `${argument} must be up to ${MAX_NAME} bytes`, value);
  return wellFormed(value);
}
