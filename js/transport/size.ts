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
  const [packet, , pieces = []] = message;
  return packet.length + sizeOfAll(pieces);
}

/** Bytes of a number. */
export const COUNT_WEIGHT = 8;

/** What a message weighs: nothing of it is so small that it costs nothing. */
export function weightOf(message: Message): number {
  const [, , pieces = [], counts = []] = typeof message === "string" ? [message] : message;
  return sizeOfMessage(message) + PIECE_WEIGHT * pieces.length + COUNT_WEIGHT * counts.length;
}
