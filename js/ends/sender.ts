import type { Stamp } from "../protocol/protocol";

/** What a stamp says. */
export interface Sender {
  readonly windowName: string | undefined;
  readonly origin: string | undefined;
}

export function senderOf(stamp: Stamp): Sender {
  const [windowName, origin] = Array.isArray(stamp) ? stamp : [stamp || null];
  return { windowName: windowName ?? undefined, origin };
}
