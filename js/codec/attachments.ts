import type { Attachment, Form } from "../protocol/protocol";

/** Takes the attachments of a frame's next record, which are as many as its form says. */
export type TakeAttachments = (form: Form) => readonly Attachment[];

const NONE: readonly Attachment[] = [];

export function attachmentsOf(frame: readonly Attachment[]): TakeAttachments {
  let next = 0;
  return (form) => {
    if (form <= 1) return NONE;
    const first = next;
    next += form - 1;
    return frame.slice(first, next);
  };
}
