import type { Attachment, Form } from "../protocol/protocol";
import { kindOf } from "./kind";
import { hasKeys, isFlat, isPlain } from "./plain";
import { ABSENT, LONG, PLAIN_BESIDE, RICH_BESIDE } from "./tags";
import { Walker } from "./walker";

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
 * "msg" gives "msg.items[3].onClick is a function and cannot be sent".
 */
export function encode(value: unknown, label: string): Encoded {
  return encodeAs(value, label, value);
}

/** The same for the arguments of a call, which are a fresh array. */
export function encodeArguments(args: unknown[]): Encoded {
  return encodeAs(args, "args", args.length === 1 ? args[0] : undefined, true);
}

/** `first`: the value itself, or the only one of a list. */
function encodeAs(value: unknown, label: string, first: unknown, isList?: boolean): Encoded {
  const members = hasKeys(first) && kindOf(first) === "Object" ? { ...first } : undefined;
  // Most messages are flat and need no walker.
  if (members || isList ? isFlat(members ?? (value as unknown[])) : isPlain(value))
    return encodedTree(members ? (isList ? [members] : members) : value, false, []);
  // It gets the copy, because a getter is called once.
  const walker = new Walker(label, first, members);
  return encodedTree(walker._copyOf(value), walker._isRich, walker._beside);
}

/** `tree`: a copy of a value for JSON.stringify. `attachments`: those that the tree refers to. */
function encodedTree(tree: unknown, isRich: boolean, attachments: Attachment[]): Encoded {
  const text = JSON.stringify(tree);
  if (text.length < LONG) return { form: isRich ? 1 + attachments.length : 0, text, attachments };
  const beside = [ABSENT, isRich ? RICH_BESIDE : PLAIN_BESIDE];
  return encodedTree(beside, true, [...attachments, text]);
}
