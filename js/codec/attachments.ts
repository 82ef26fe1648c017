import type { Form, Fragment } from "../protocol/protocol";

/** Takes the attachments of a packet's next record, which are as many as its form says. */
export type TakeAttachments = (form: Form) => readonly Fragment[];

const NONE: readonly Fragment[] = [];

export function attachmentsOf(packet: readonly Fragment[]): TakeAttachments {
  let next = 0;
  return (form) => {
    if (form <= 1) return NONE;
    const first = next;
    next += form - 1;
    return packet.slice(first, next);
  };
}
