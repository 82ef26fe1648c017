import { FILE_ORIGIN, type SenderTag } from "../protocol/protocol";

/** The address of a record to a window, as JSON. */
export function addressOf(windowName: string): string {
  // The router keeps names as UTF-8. Node-API replaces a lone surrogate in the same way.
  return JSON.stringify(windowName.replace(/[\ud800-\udfff]/gu, "\ufffd"));
}

/** The sender that a {@link SenderTag} names. */
export interface Sender {
  readonly windowName: string | undefined;
  readonly origin: string | undefined;
}

export function senderOf(senderTag: SenderTag): Sender {
  if (Array.isArray(senderTag))
    return { windowName: senderTag[0] ?? undefined, origin: senderTag[1] };
  return { windowName: senderTag || undefined, origin: senderTag === 0 ? undefined : FILE_ORIGIN };
}
