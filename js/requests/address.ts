import { FILE_ORIGIN, type SenderTag } from "../protocol/protocol";

/** A window's name as a record's address. */
export function addressOf(windowName: string): string {
  // Names are UTF-8 in the router; Node-API makes the same of a lone surrogate there.
  return JSON.stringify(windowName.replace(/[\ud800-\udfff]/gu, "\ufffd"));
}

/** What a sender tag says. */
export interface Sender {
  readonly windowName: string | undefined;
  readonly origin: string | undefined;
}

export function senderOf(senderTag: SenderTag): Sender {
  if (Array.isArray(senderTag))
    return { windowName: senderTag[0] ?? undefined, origin: senderTag[1] };
  return { windowName: senderTag || undefined, origin: senderTag === 0 ? undefined : FILE_ORIGIN };
}
