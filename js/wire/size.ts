import { type Attachment, type Message, PIECE_WEIGHT } from "../protocol/protocol";

/** In bytes, or in units of text. */
export function sizeOf(piece: Attachment): number {
  return typeof piece === "string" ? piece.length : piece.byteLength;
}

export function sizeOfAll(pieces: readonly Attachment[]): number {
  return pieces.reduce((sum, piece) => sum + sizeOf(piece), 0);
}

/** How much a message carries, as {@link sizeOf}. */
export function sizeOfMessage(message: Message): number {
  if (typeof message === "string") return message.length;
  const [frame, , pieces = []] = message;
  return frame.length + sizeOfAll(pieces);
}

/** What a message counts in flight: no piece is so small that it costs nothing. */
export function weightOf(message: Message): number {
  if (typeof message === "string") return message.length;
  const [, , pieces = []] = message;
  return sizeOfMessage(message) + PIECE_WEIGHT * pieces.length;
}
