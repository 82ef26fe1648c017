import type { Form } from "../protocol/protocol";

/** A value as it was when it was sent. */
export interface Encoded {
  /** 0: the text is plain JSON of the value. 1 + n: one of tags.ts, with n buffers. */
  readonly form: Form;
  /** JSON; lone surrogates are escaped. */
  readonly text: string;
  /** Copies, nobody else's. */
  readonly buffers: ArrayBuffer[];
}
