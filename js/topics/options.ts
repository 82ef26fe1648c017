import { MAX_NAME } from "../protocol/protocol";
import { addressOf, isShort, must } from "../requests";

/** In characters of JSON: the names of `to` fit into one packet beside any key and value. */
const MAX_TO = 24_576;

/**
 * The options of publish as the members of a Publication after its number, with a comma before each, or "" if
 * all are the defaults. Throws if options are invalid.
 */
export function membersOf(options: unknown): string {
  if (options === undefined) return "";
  check(typeof options === "object" && options !== null, "options must be an object", options);
  const { to, retain, conflate, ...others } = options as Record<string, unknown>;
  const [other] = Object.keys(others);
  check(other === undefined, "an option must be to, retain or conflate", other);
  const isFlag = retain === undefined || typeof retain === "boolean";
  check(isFlag, "retain must be true or false", retain);
  const names = to === undefined ? "" : namesOf(to);
  check(!names || !retain, "retain must be without to, because newcomers are others", to);
  const key = conflate === undefined ? "" : keyOf(conflate);
  return names || retain || key ? `,${names || 0},${retain ? 1 : 0},${key || 0}` : "";
}

function namesOf(to: unknown): string {
  const names: readonly unknown[] = Array.isArray(to) ? to : [to];
  for (const name of names) {
    const isName = typeof name === "string" && name !== "" && isShort(name);
    check(
      isName,
      `to must be a window's name of up to ${MAX_NAME} bytes, or an array of names`,
      name,
    );
  }
  const json = `[${(names as string[]).map(addressOf)}]`;
  check(json.length <= MAX_TO, `the names of to must have up to ${MAX_TO} characters together`, to);
  return json;
}

function keyOf(conflate: unknown): string {
  const isKey = typeof conflate === "string" && isShort(conflate);
  check(isKey, `conflate must be a string of up to ${MAX_NAME} bytes`, conflate);
  return addressOf(conflate as string);
}

function check(isRight: boolean, what: string, value: unknown) {
  must(isRight, "publish", what, value);
}
