import { failure } from "../../errors";
import {
  type Fragment,
  MAX_FRAGMENT,
  MAX_FRAGMENTS,
  MAX_PACKET,
  type Message,
  type Parts,
} from "../../protocol/protocol";
import { isCount, sizeOf } from "../../transport";

/**
 * The data that came over a port, if it is a message as this package makes them: its shape, and its lengths
 * before anything of such a length is looked at. `waiting`: how many fragments came before it.
 * Otherwise this throws ERR_BAD_PACKET.
 */
export function checked(data: unknown, waiting: number): Message {
  if (typeof data === "string") return data.length <= MAX_PACKET ? data : tooLong(data);
  if (!Array.isArray(data) || data.length > PARTS)
    return badPacket("it is no port message of this package");
  const [packet, lanes, fragments, counts]: unknown[] = data;
  if (typeof packet !== "string") return badPacket("its first member is no string");
  if (packet.length > MAX_PACKET) return tooLong(packet);
  if (!isCount(lanes) || lanes > MAX_LANES) badPacket("its lanes are no number from 0 to 255");
  const came = fragments === undefined ? 0 : countOf(fragments);
  if (counts !== undefined) checkCounts(counts, waiting + came);
  return data as unknown as Parts;
}

/** The members of a message in parts. */
const PARTS = 4;
const MAX_LANES = 255;

function countOf(fragments: unknown): number {
  if (!Array.isArray(fragments)) return badPacket("its fragments are no array");
  if (fragments.length > MAX_FRAGMENTS) badPacket(`it has more than ${MAX_FRAGMENTS} fragments`);
  let size = 0;
  // No method of arrays: they pass over holes.
  for (let i = 0; i < fragments.length; i++) {
    const fragment: unknown = fragments[i];
    if (!isFragment(fragment))
      return badPacket("one of its fragments is no string and no ArrayBuffer");
    size += sizeOf(fragment);
  }
  if (size > MAX_FRAGMENT) badPacket(`its fragments together are longer than ${MAX_FRAGMENT}`);
  return fragments.length;
}

/** Each attachment has a fragment. */
function checkCounts(counts: unknown, fragments: number) {
  if (!Array.isArray(counts)) return badPacket("its counts are no array");
  if (counts.length > fragments) badPacket("it has more attachments than fragments");
  for (let i = 0; i < counts.length; i++) {
    if (!isCount(counts[i]) || counts[i] === 0)
      badPacket("one of its counts is no number of fragments");
  }
}

function isFragment(value: unknown): value is Fragment {
  return typeof value === "string" || value instanceof ArrayBuffer;
}

function tooLong(packet: string): never {
  return badPacket(`it has ${packet.length} characters, and may have ${MAX_PACKET}`);
}

function badPacket(what: string): never {
  throw failure("ERR_BAD_PACKET", what);
}
