import { type Attachment, FRAGMENT_WEIGHT, type Message } from "../protocol/protocol";

/** In bytes, or in units of text. */
export function sizeOf(fragment: Attachment): number {
  return typeof fragment === "string" ? fragment.length : fragment.byteLength;
}

export function sizeOfAll(fragments: readonly Attachment[]): number {
  return fragments.reduce((sum, fragment) => sum + sizeOf(fragment), 0);
}

/** How much a message carries, as {@link sizeOf}. */
export function sizeOfMessage(message: Message): number {
  if (typeof message === "string") return message.length;
  const [packet, , fragments = []] = message;
  return packet.length + sizeOfAll(fragments);
}

/** Bytes of a number. */
export const COUNT_WEIGHT = 8;

/** What a message weighs: nothing of it is so small that it costs nothing. */
export function weightOf(message: Message): number {
  const [, , fragments = [], counts = []] = typeof message === "string" ? [message] : message;
  return sizeOfMessage(message) + FRAGMENT_WEIGHT * fragments.length + COUNT_WEIGHT * counts.length;
}
