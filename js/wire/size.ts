import type { Message, Piece } from "../protocol/protocol";

/** In bytes, or in units of text. */
export function sizeOf(piece: Piece): number {
  return typeof piece === "string" ? piece.length : piece.byteLength;
}

/** How much a message carries, as {@link sizeOf}. */
export function sizeOfMessage([, frame, , pieces]: Message): number {
  let size = frame.length;
  if (pieces) for (const piece of pieces) size += sizeOf(piece);
  return size;
}
