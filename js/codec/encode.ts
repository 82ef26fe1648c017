import type { Attachment, Form } from "../protocol/protocol";
import { kindOf } from "./kind";
import { hasKeys, isFlat, isPlain } from "./plain";
import { ABSENT, LONG, PLAIN_BESIDE, RICH_BESIDE } from "./tags";
import { type Shown, Walker } from "./walker";

/** A value as it was when it was sent. */
export interface Encoded {
  /** 0: the text is plain JSON of the value. 1 + n: one of tags.ts, with n attachments. */
  readonly form: Form;
  /** JSON; lone surrogates are escaped. */
  readonly text: string;
  /** Buffers are copies. Long ones are views of the app's memory. */
  readonly attachments: Attachment[];
}

/**
 * Reads a value as structured clone would, at once. `label` names the value in errors:
 * "msg" gives "msg.items[3].onClick is a function and cannot be sent". `shown` may change that sentence.
 */
export function encode(
  value: unknown,
  label: string,
  shown: Shown = (sentence) => sentence,
): Encoded {
  const members = hasKeys(value) && kindOf(value) === "Object" ? { ...value } : undefined;
  // Most messages are flat and need no walker.
  if (members ? isFlat(members) : isPlain(value)) return encodedTree(members ?? value, false, []);
  const walker = new Walker(label, shown);
  if (members) walker._number(value as object);
  const tree = members ? walker._members(members) : walker._copyOf(value);
  return encodedTree(tree, walker._isRich, walker._beside);
}

/** `tree`: a copy of a value for JSON.stringify. `attachments`: those that the tree refers to. */
function encodedTree(tree: unknown, isRich: boolean, attachments: Attachment[]): Encoded {
  const text = JSON.stringify(tree);
  if (text.length < LONG) return { form: isRich ? 1 + attachments.length : 0, text, attachments };
  const beside = [ABSENT, isRich ? RICH_BESIDE : PLAIN_BESIDE];
  return encodedTree(beside, true, [...attachments, text]);
}
