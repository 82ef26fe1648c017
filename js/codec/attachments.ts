import type { Form, Piece } from "../protocol/protocol";

/** Takes the attachments of a packet's next record, which are as many as its form says. */
export type TakeAttachments = (form: Form) => readonly Piece[];

const NONE: readonly Piece[] = [];

export function attachmentsOf(packet: readonly Piece[]): TakeAttachments {
  let next = 0;
  return (form) => {
    if (form <= 1) return NONE;
    const first = next;
    next += form - 1;
    return packet.slice(first, next);
  };
}
