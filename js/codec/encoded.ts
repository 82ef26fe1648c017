import type { Attachment, Form } from "../protocol/protocol";
import { ABSENT, LONG, PLAIN_BESIDE, RICH_BESIDE } from "./tags";

/** A value as it was when it was sent. */
export interface Encoded {
  /** 0: the text is plain JSON of the value. 1 + n: one of tags.ts, with n attachments. */
  readonly form: Form;
  /** JSON; lone surrogates are escaped. */
  readonly text: string;
  /** Buffers are copies, nobody else's; long ones are views of the app's memory. */
  readonly attachments: Attachment[];
}

/** A copy of a value, made for JSON.stringify; `attachments` are those that it names. */
export function encodedTree(tree: unknown, rich: boolean, attachments: Attachment[]): Encoded {
  const text = JSON.stringify(tree);
  if (text.length < LONG) return { form: rich ? 1 + attachments.length : 0, text, attachments };
  const beside = [ABSENT, rich ? RICH_BESIDE : PLAIN_BESIDE];
  return encodedTree(beside, true, [...attachments, text]);
}
