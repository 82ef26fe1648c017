import { BEFORE_PACKET, type Mark, UNKNOWN_NAMES } from "../protocol/exchange";
import type { WorldAddress } from "../protocol/protocol";
import { complain } from "../requests";

/** Handles one packet; `slots` are those of its attachments. */
export type HandlePacket = (
  contents: number,
  worldAddress: WorldAddress,
  text: string,
  slots: readonly number[],
) => void;

/** In bytes of text: what the router hands out at once. V8 has memory at hand for short strings. */
export const MAX_AT_ONCE = 128 * 1024;

const NO_SLOTS: readonly number[] = [];

/** The names that come back because no window has them, if that is what the router returned. */
export function unknownNames(out: string): string[] | undefined {
  return out[0] === UNKNOWN_NAMES ? JSON.parse(out.slice(1)) : undefined;
}

export function hasMark(out: string, mark: Mark): boolean {
  for (let i = 0; i < out.length && out[i] !== BEFORE_PACKET; i++) {
    if (out[i] === mark) return true;
  }
  return false;
}

/** Parses what the router handed out. If `handle` throws at a packet, the next ones are handled all the same. */
export function eachPacket(out: string, handle: HandlePacket) {
  let start = out.indexOf(BEFORE_PACKET);
  while (start >= 0) {
    const end = out.indexOf(BEFORE_PACKET, start + 1);
    handleSafely(out, start + 1, end < 0 ? out.length : end, handle);
    start = end;
  }
}

function handleSafely(out: string, start: number, end: number, handle: HandlePacket) {
  try {
    parsePacket(out, start, end, handle);
  } catch (error) {
    complainOfPacket(error);
  }
}

export function complainOfPacket(error: unknown) {
  complain("a packet could not be sent on", error);
}

function parsePacket(out: string, start: number, end: number, handle: HandlePacket) {
  const text = out.indexOf("[", start);
  const afterContents = out.indexOf(",", start);
  const comma = out.indexOf(",", afterContents + 1);
  const hasSlots = comma >= 0 && comma < text;
  const contents = Number(out.slice(start, afterContents));
  const worldAddress = Number(out.slice(afterContents + 1, hasSlots ? comma : text));
  const slots = hasSlots
    ? out
        .slice(comma + 1, text)
        .split(",")
        .map(Number)
    : NO_SLOTS;
  handle(contents, worldAddress, out.slice(text, end), slots);
}
