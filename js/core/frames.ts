import type { Link } from "../protocol/protocol";
import { complain } from "../requests";

/** Takes one frame; `slots` are those of its attachments. */
export type TakeFrame = (
  contents: number,
  link: Link,
  text: string,
  slots: readonly number[],
) => void;

/** What stands before each frame of what the router hands out; src/binding/convert.rs describes it. */
const BEFORE_FRAME = "\x1e";

/** What may stand before the frames. */
export enum Mark {
  /** Requests wait for a handler. */
  RequestsWait = "w",
  /** There may be more. */
  More = "m",
  /** The router wants to know what the clock shows. */
  Clock = "t",
}

const NO_SLOTS: readonly number[] = [];

export function has(out: string, mark: Mark): boolean {
  for (let i = 0; i < out.length && out[i] !== BEFORE_FRAME; i++) {
    if (out[i] === mark) return true;
  }
  return false;
}

/** Takes apart what the router handed out. A frame that `take` throws at stops none behind it. */
export function eachFrame(out: string, take: TakeFrame) {
  let start = out.indexOf(BEFORE_FRAME);
  while (start >= 0) {
    const end = out.indexOf(BEFORE_FRAME, start + 1);
    takeSafely(out, start + 1, end < 0 ? out.length : end, take);
    start = end;
  }
}

function takeSafely(out: string, start: number, end: number, take: TakeFrame) {
  try {
    takeFrame(out, start, end, take);
  } catch (error) {
    complain("a frame could not be taken", error);
  }
}

function takeFrame(out: string, start: number, end: number, take: TakeFrame) {
  const text = out.indexOf("[", start);
  const afterContents = out.indexOf(",", start);
  const comma = out.indexOf(",", afterContents + 1);
  const hasSlots = comma >= 0 && comma < text;
  const contents = Number(out.slice(start, afterContents));
  const link = Number(out.slice(afterContents + 1, hasSlots ? comma : text));
  const slots = hasSlots
    ? out
        .slice(comma + 1, text)
        .split(",")
        .map(Number)
    : NO_SLOTS;
  take(contents, link, out.slice(text, end), slots);
}
