/** How often each was said. */
const counts = new Map<string, number>();

/** In characters: what an error says may be as long as what somebody sent. */
const MAX_LINE = 500;

/**
 * A line on the console about what cannot be told to anybody else: for the first time that it
 * happens, the tenth, the hundredth and so on, so that no flood of it floods the console.
 */
export function complain(what: string, error: unknown) {
  const count = 1 + (counts.get(what) ?? 0);
  counts.set(what, count);
  if (!/^10*$/.test(`${count}`)) return;
  const times = count > 1 ? ` (${count} times)` : "";
  console.error(`electron-switchyard: ${what}${times}: ${error}`.slice(0, MAX_LINE));
}
