import { type Attachment, MAX_PIECE, type Message, type Piece } from "../protocol/protocol";
import { sizeOf } from "./size";

/** A frame as messages that are short enough: all but the last bring pieces only. */
export function messagesOf(
  frame: string,
  lanes: number,
  attachments: readonly (readonly Piece[])[],
): Message[] {
  if (attachments.length === 0) return [[frame, lanes]];
  const messages: Message[] = [];
  let pieces: Piece[] = [];
  let size = 0;
  const leaveNone = () => {
    if (pieces.length > 0) messages.push(["", 0, pieces]);
    pieces = [];
    size = 0;
  };
  const counts = attachments.map((attachment) => {
    const cut = attachment.flatMap(pieceBySize);
    for (const piece of cut) {
      if (size + sizeOf(piece) > MAX_PIECE) leaveNone();
      pieces.push(piece);
      size += sizeOf(piece);
    }
    return cut.length;
  });
  if (size + frame.length > MAX_PIECE) leaveNone();
  messages.push([frame, lanes, pieces, counts]);
  return messages;
}

/** What there is of an attachment, cut or not. */
export function piecesOf(attachment: Attachment): readonly Piece[] {
  return Array.isArray(attachment) ? attachment : [attachment];
}

function pieceBySize(piece: Piece): Piece[] {
  if (sizeOf(piece) <= MAX_PIECE) return [piece];
  const pieces: Piece[] = [];
  for (let from = 0; from < sizeOf(piece); from += MAX_PIECE) {
    pieces.push(piece.slice(from, from + MAX_PIECE));
  }
  return pieces;
}
