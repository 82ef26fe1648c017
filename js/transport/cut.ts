import { append } from "../errors";
import {
  type Attachment,
  MAX_PIECE,
  MAX_PIECES,
  type Message,
  type Parts,
  type Piece,
} from "../protocol/protocol";
import { sizeOf, sizeOfAll } from "./size";

/**
 * How long pieces are. Old Chromiums take long to make messages of more than 32 KiB: 16 MB of bytes from
 * a page to main take 111 ms in pieces of 30,000 and 215 in pieces of 60,000 (Electron 9, Chromium 83;
 * 22, with Chromium 108, is faster with the longer ones). Only these two were measured; Array.at came
 * with Chromium 92.
 */
const PIECE = "at" in Array.prototype ? MAX_PIECE : MAX_PIECE / 2;

/** Takes a message before the next one is made: long bytes lie in memory that is used again. */
export type SendMessage = (message: Parts) => void;

/**
 * Sends a packet as messages that are short enough: all but the last bring pieces only.
 *
 * `isTheirs`: the receiver is the last to get the attachments, and is told the size of long ones, so
 * that it can join them as they come.
 */
export function sendCut(
  packet: string,
  lanes: number,
  attachments: readonly (readonly Attachment[])[],
  isTheirs: boolean,
  send: SendMessage,
) {
  let pieces: Piece[] = [];
  let size = 0;
  let total = 0;
  const leave = () => {
    if (pieces.length > 0) send(total > 0 ? ["", 0, pieces, [total]] : ["", 0, pieces]);
    pieces = [];
    size = 0;
    total = 0;
  };
  const counts = attachments.map((attachment) => {
    const long = isTheirs ? longBytes(attachment) : 0;
    if (long > 0) {
      leave();
      total = long;
    }
    let count = 0;
    for (const piece of attachment) {
      for (let from = 0; from < sizeOf(piece) || from === 0; from += PIECE) {
        const length = Math.min(PIECE, sizeOf(piece) - from);
        if (size + length > PIECE || pieces.length === MAX_PIECES) leave();
        append(pieces, part(piece, from, length));
        size += length;
        count += 1;
      }
    }
    return long > 0 ? 1 : count;
  });
  if (size + packet.length > PIECE) leave();
  send([packet, lanes, pieces, counts]);
}

/** A message that is not sent yet. */
export function kept(message: Message): Message {
  if (typeof message === "string") return message;
  const [, , pieces] = message;
  if (pieces)
    message[2] = pieces.map((piece) => (piece === scratch?.buffer ? piece.slice(0) : piece));
  return message;
}

/** What there is of an attachment, its sender's memory copied. */
export function piecesOf(attachment: Attachment): readonly Piece[] {
  return [attachment instanceof Uint8Array ? copied(attachment) : attachment];
}

/** A page may have put its own `slice` in the place of the typed arrays'. */
function copied(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

/** How many bytes an attachment has, if it is cut; otherwise 0. */
function longBytes(pieces: readonly Attachment[]): number {
  const bytes = typeof pieces[0] === "string" ? 0 : sizeOfAll(pieces);
  return bytes > PIECE ? bytes : 0;
}

/**
 * A full piece of bytes. The port copies it at once, and fresh memory for each costs as much as that:
 * 1 MB to main and back takes 8 ms so and 9.8 ms with pieces of their own (Electron 22).
 */
let scratch: Uint8Array | undefined;

function part(piece: Attachment, from: number, length: number): Piece {
  if (typeof piece === "string") return piece.slice(from, from + length);
  if (piece instanceof ArrayBuffer && length === piece.byteLength) return piece;
  const bytes = piece instanceof ArrayBuffer ? new Uint8Array(piece) : piece;
  if (length < PIECE) return copied(bytes.subarray(from, from + length));
  scratch ??= new Uint8Array(PIECE);
  scratch.set(bytes.subarray(from, from + length));
  return scratch.buffer as ArrayBuffer;
}
