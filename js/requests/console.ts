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

/** Lines of one cause. */
const MAX_LINES = 50;

/** In UTF-16 units: a text may be as long as what somebody sent. */
const MAX_LINE_LENGTH = 500;

/** Ends a line, moves a terminal's cursor or turns the direction of writing; or is invisible. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

const escaped = (unit: string) => `\\u{${unit.codePointAt(0)?.toString(16)}}`;

/**
 * A line on the console for each subject of one cause, which a page may choose: so there are so many
 * lines at most, and the last says that it is. `warned` is the cause's, and stays as short.
 */
export function warn(warned: Set<string>, subject: string, text: string) {
  const { size } = warned;
  if (size === MAX_LINES || warned.add(subject.slice(0, MAX_LINE_LENGTH)).size === size) return;
  const line = text.slice(0, MAX_LINE_LENGTH).replace(UNPRINTABLE, escaped);
  const last = size === MAX_LINES - 1 ? "; further ones are not shown" : "";
  console.warn(`electron-switchyard: ${line.slice(0, MAX_LINE_LENGTH)}${last}`);
}
