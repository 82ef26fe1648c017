import type { Encoded } from "../codec";
import { Kind, type OfService, type OfTopic } from "../protocol/protocol";
import { type Nack, reportOfName } from "../requests";
import type { Endpoint } from "./endpoint";

/** The payload of a record without one. */
export const NOTHING: Encoded = { form: 0, text: "0", attachments: [] };

/** Gives the endpoint of this world to the public call of this name. */
export type Here = (apiName: string) => Endpoint;

/**
 * A part of an endpoint, made at its first use. All copies of this package in a world share it, so a copy uses
 * only members whose names do not begin with `_`.
 */
export function partOf<Part extends object>(
  endpoint: Endpoint,
  name: string,
  make: () => Part,
): Part {
  const { parts } = endpoint;
  parts[name] ??= make();
  return parts[name] as Part;
}

/**
 * For a part whose names the router knows. Calls `again` if main has a new endpoint for this world (AGAIN in
 * `js/protocol/protocol.ts`), before anything else is sent to it. Reports what the router rejects, for all parts.
 */
export function useNames(endpoint: Endpoint, again: () => void) {
  const { takers } = endpoint;
  const earlier = takers[0];
  takers[0] = (record, read) => {
    earlier?.(record, read);
    again();
    endpoint.flush();
  };
  takers[Kind.Name] = (nack: Nack<OfService | OfTopic>) => reportOfName(endpoint.reports, nack);
}
