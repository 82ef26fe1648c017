import { failure } from "../../errors";
import {
  MAX_PACKET,
  MAX_PIECE,
  MAX_PIECES,
  type Message,
  type Parts,
  type Piece,
} from "../../protocol/protocol";
import { sizeOf } from "../../transport";

/**
 * What came over a port, if it is a message as this package makes them: its shape, and its lengths
 * before anything of such a length is looked at. `waiting`: how many pieces came before it.
 * Otherwise this throws ERR_BAD_PACKET.
 */
export function checked(data: unknown, waiting: number): Message {
  if (typeof data === "string") return data.length <= MAX_PACKET ? data : tooLong(data);
  if (!Array.isArray(data) || data.length > PARTS) return bad("it is no message of this package");
  const [packet, lanes, pieces, counts]: unknown[] = data;
  if (typeof packet !== "string") return bad("its packet is no text");
  if (packet.length > MAX_PACKET) return tooLong(packet);
  if (!isCount(lanes) || lanes > MAX_LANES) bad("its lanes are no number from 0 to 255");
  const came = pieces === undefined ? 0 : countOf(pieces);
  if (counts !== undefined) checkCounts(counts, waiting + came);
  return data as unknown as Parts;
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Of a message in parts. */
const PARTS = 4;
const MAX_LANES = 255;

function countOf(pieces: unknown): number {
  if (!Array.isArray(pieces)) return bad("its pieces are no array");
  if (pieces.length > MAX_PIECES) bad(`it has more than ${MAX_PIECES} pieces`);
  let size = 0;
  // No method of arrays: they pass over holes.
  for (let i = 0; i < pieces.length; i++) {
    const piece: unknown = pieces[i];
    if (!isPiece(piece)) return bad("one of its pieces is no text and no ArrayBuffer");
    size += sizeOf(piece);
  }
  if (size > MAX_PIECE) bad(`its pieces are longer than ${MAX_PIECE}`);
  return pieces.length;
}

/** Each attachment has a piece. */
function checkCounts(counts: unknown, pieces: number) {
  if (!Array.isArray(counts)) return bad("its counts are no array");
  if (counts.length > pieces) bad("it has more attachments than pieces");
  for (let i = 0; i < counts.length; i++) {
    if (!isCount(counts[i]) || counts[i] === 0) bad("one of its counts is no number of pieces");
  }
}

function isPiece(value: unknown): value is Piece {
  return typeof value === "string" || value instanceof ArrayBuffer;
}

function tooLong(packet: string): never {
  return bad(`its packet has ${packet.length} characters, and may have ${MAX_PACKET}`);
}

function bad(what: string): never {
  throw failure("ERR_BAD_PACKET", `not a packet: ${what}`);
}
