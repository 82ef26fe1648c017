// Not a test.

/**
 * For every object of a value, in order of discovery, the number of its first discovery. Dates
 * that are invalid are noted, and made valid: deepStrictEqual of Node 20 calls two of them unequal.
 */
export function identities(value, seen = new Map(), found = []) {
  if (typeof value !== "object" || value === null) return found;
  const known = seen.get(value);
  found.push(known ?? seen.size);
  if (known !== undefined) return found;
  seen.set(value, seen.size);
  if (value instanceof Date && Number.isNaN(value.getTime())) {
    found.push("invalid");
    value.setTime(0);
  }
  if (ArrayBuffer.isView(value)) return identities(value.buffer, seen, found);
  const entries = value instanceof Map ? [...value].flat() : value instanceof Set ? [...value] : [];
  for (const member of [...Object.values(value), ...entries]) identities(member, seen, found);
  return found;
}
