import { FILE_ORIGIN, type SenderTag } from "../protocol/protocol";
import { wellFormed } from "./names";

/** The address of a record to a window, as JSON. */
export function addressOf(windowName: string): string {
  return JSON.stringify(wellFormed(windowName));
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
