import { ABSENT, json } from "../codec";
import { append } from "../errors";

/** In place of a payload that cannot be read. The rich form has no such tag, so decode rejects it. */
const UNREADABLE = [ABSENT];

/**
 * The records of a packet. If one of them cannot be parsed, the others can be read all the same. The
 * payload of that one is a value that decode rejects, so that its sender is notified when it is taken.
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
    // With a form of 0, decode would return the payload as it is.
    const form = head.pop() || 1;
    return [...head, form, UNREADABLE];
  }
}

/** The texts of the members of a JSON array. None of them is parsed, and any of them may be invalid. */
export function membersOf(array: string): string[] {
  const members: string[] = [];
  let depth = 0;
  let start = array.indexOf("[") + 1;
  let isQuoted = false;
  for (let i = 0; i < array.length; i++) {
    const c = array[i] as string;
    if (c === '"') isQuoted = !isQuoted;
    else if (isQuoted) i += +(c === "\\");
    else {
      depth += +"[{".includes(c) - +"]}".includes(c);
      // A comma in the array itself, or its end.
      if (",1]0".includes(c + depth)) {
        append(members, array.slice(start, i));
        start = i + 1;
      }
    }
  }
  return members;
}
