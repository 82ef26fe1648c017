import { type Attachment, FRAGMENT_WEIGHT, type Message } from "../protocol/protocol";

/** In bytes, or in units of text. */
export function sizeOf(fragment: Attachment): number {
  return typeof fragment === "string" ? fragment.length : fragment.byteLength;
}

export function sizeOfAll(fragments: readonly Attachment[]): number {
  return fragments.reduce((sum, fragment) => sum + sizeOf(fragment), 0);
}

/** The size of all that a message carries, as {@link sizeOf}. */
export function sizeOfMessage(message: Message): number {
  if (typeof message === "string") return message.length;
  const [packet, , fragments = []] = message;
  return packet.length + sizeOfAll(fragments);
}

/** The weight of a count in a message, in bytes. */
export const COUNT_WEIGHT = 8;

/** The size of a message plus a weight for each fragment and count, so that empty ones count too. */
export function weightOf(message: Message): number {
  // Most messages are texts, and each is weighed up to four times on its way.
  if (typeof message === "string") return message.length;
  const [, , fragments = [], counts = []] = message;
  return sizeOfMessage(message) + FRAGMENT_WEIGHT * fragments.length + COUNT_WEIGHT * counts.length;
}
