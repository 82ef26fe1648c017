import type { Form } from "../protocol/protocol";
import { NotCloneableError } from "./not-cloneable";
import { Walker } from "./walker";

export { NotCloneableError };

/** A value as it was when it was sent. */
export interface Encoded {
  /** 0: the text is plain JSON of the value. 1 + n: the rich form (see tags.ts), with n buffers. */
  readonly form: Form;
  /** JSON; lone surrogates are escaped. */
  readonly text: string;
  /** Copies, nobody else's. */
  readonly buffers: ArrayBuffer[];
}

/** A stack overflow at fewer levels than this is not the value's but its getter's or our caller's. */
const SHALLOW = 500;

/**
 * Reads a value as structured clone would, at once. `label` names the value in errors:
 * "msg" gives "msg.items[3].onClick is a function and cannot be sent".
 */
export function encode(value: unknown, label: string): Encoded {
  const walker = new Walker(label);
  try {
    const tree = walker.value(value);
    return { form: walker.finish(), text: JSON.stringify(tree), buffers: walker.buffers };
  } catch (error) {
    if (!(walker.path.length > SHALLOW && isOverflow(error))) throw error;
    throw new NotCloneableError(`${label} is nested too deeply and cannot be sent`);
  }
}

function isOverflow(error: unknown): boolean {
  return error instanceof RangeError && /call stack/.test(error.message);
}
