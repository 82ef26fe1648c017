import { titled } from "../errors";

/** In UTF-16 units: a text may be as long as what a page sent. */
const MAX_LINE_LENGTH = 500;

/** How often each happened. */
const counts = new Map<string, number>();

/**
 * A line on the console about an error of which no sender can be notified. The line is printed the first
 * time, the tenth, the hundredth and so on, so that a flood of errors does not flood the console.
 */
export function complain(what: string, error: unknown) {
  const count = 1 + (counts.get(what) ?? 0);
  counts.set(what, count);
  if (!/^10*$/.test(`${count}`)) return;
  const times = count > 1 ? ` (${count} times)` : "";
  console.error(titled(`${what}${times}: ${error}`).slice(0, MAX_LINE_LENGTH));
}

/** How many lines one cause has at most. */
const MAX_LINES = 50;

/** Characters that end a line, move the cursor of a terminal, turn the direction of writing or are invisible. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

const escaped = (unit: string) => `\\u{${unit.codePointAt(0)?.toString(16)}}`;

/**
 * A line on the console for each subject of one cause. A page may choose the subject, so a cause has at
 * most MAX_LINES lines, and the last one says that it is the last. `warned`: the subjects of the cause.
 */
export function warn(warned: Set<string>, subject: string, text: string) {
  const { size } = warned;
  if (size === MAX_LINES || warned.add(subject.slice(0, MAX_LINE_LENGTH)).size === size) return;
  const line = text.slice(0, MAX_LINE_LENGTH).replace(UNPRINTABLE, escaped);
  const last = size === MAX_LINES - 1 ? "; further ones are not shown" : "";
  console.warn(titled(line.slice(0, MAX_LINE_LENGTH) + last));
}
