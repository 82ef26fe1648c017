import { ABSENT, json } from "../codec";
import { append } from "../errors";

/** In place of a payload that cannot be read: the rich form has no such tag. */
const UNREADABLE = [ABSENT];

/**
 * The records of a packet. If one of them cannot be parsed, the others are what they are, and that
 * one has a payload that decode refuses: its sender or asker is told by whoever takes the record.
 */
export function recordsOf(packet: string): unknown[][] {
  try {
    return json.parse(packet) as unknown[][];
  } catch {
    return membersOf(packet).map(recordOf);
  }
}

function recordOf(text: string): unknown[] {
  try {
    return json.parse(text) as unknown[];
  } catch {
    const head = membersOf(text)
      .slice(0, -1)
      .map((member) => json.parse(member));
    // With a form of 0 a payload is the value itself.
    const form = head.pop() || 1;
    return [...head, form, UNREADABLE];
  }
}

/** The texts of the members of a JSON array, which may be anything: none of them is parsed. */
export function membersOf(array: string): string[] {
  const members: string[] = [];
  let depth = 0;
  let start = array.indexOf("[") + 1;
  let isQuoted = false;
  for (let i = 0; i < array.length; i++) {
    const c = array[i] as string;
    if (c === '"') isQuoted = !isQuoted;
    else if (isQuoted) i += c === "\\" ? 1 : 0;
    else {
      if ("[{".includes(c)) depth += 1;
      if ("]}".includes(c)) depth -= 1;
      if ((depth === 1 && c === ",") || (depth === 0 && c === "]")) {
        append(members, array.slice(start, i));
        start = i + 1;
      }
    }
  }
  return members;
}
