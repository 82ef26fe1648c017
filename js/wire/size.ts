import type { Attachment, Message } from "../protocol/protocol";

/** In bytes, or in units of text. */
export function sizeOf(piece: Attachment): number {
  return typeof piece === "string" ? piece.length : piece.byteLength;
}

/** How much a message carries, as {@link sizeOf}. */
export function sizeOfMessage(message: Message): number {
  let size = message[0].length;
  const pieces = message[2];
  if (pieces) for (const piece of pieces) size += sizeOf(piece);
  return size;
}
