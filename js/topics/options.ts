import { must } from "../errors";
import { nameOf, requireOptions } from "../requests";

/** In characters of JSON: the names of `to` fit into one packet beside any key and value. */
const MAX_TO = 24_576;

interface Options {
  readonly to?: unknown;
  readonly retain?: unknown;
  readonly conflate?: unknown;
}

/**
 * The options of publish as the members of a Publication after its number, with a comma before each, or "" if
 * all are the defaults. Throws if options are invalid.
 */
export function membersOf(options: unknown = {}): string {
  requireOptions("publish", options as object, ["to", "retain", "conflate"]);
  const { to, retain = false, conflate } = options as Options;
  must(typeof retain === "boolean", "publish", "retain must be true or false", retain);
  must(!retain || to === undefined, "publish", "retain must be without to", to);
  const names = to === undefined ? 0 : namesOf(to);
  const key = conflate === undefined ? 0 : textOf("conflate", conflate);
  return names || retain || key ? `,${names},${retain ? 1 : 0},${key}` : "";
}

function namesOf(to: unknown): string {
  const names: readonly unknown[] = Array.isArray(to) ? to : [to];
  const json = `[${names.map((name) => textOf("to", name))}]`;
  must(json.length <= MAX_TO, "publish", `to must have up to ${MAX_TO} characters`, to);
  return json;
}

/** The JSON of a window's name or of a key. */
function textOf(option: string, value: unknown): string {
  return JSON.stringify(nameOf("publish", option, value, "ERR_INVALID_OPTION"));
}
