import { FILE_ORIGIN, type Stamp } from "../protocol/protocol";

/** A window's name as a record's address. */
export function addressOf(windowName: string): string {
  // Names are UTF-8 in the router; Node-API makes the same of a lone surrogate there.
  return JSON.stringify(windowName.replace(/[\ud800-\udfff]/gu, "\ufffd"));
}

/** What a stamp says. */
export interface Sender {
  readonly windowName: string | undefined;
  readonly origin: string | undefined;
}

export function senderOf(stamp: Stamp): Sender {
  if (Array.isArray(stamp)) return { windowName: stamp[0] ?? undefined, origin: stamp[1] };
  return { windowName: stamp || undefined, origin: stamp === 0 ? undefined : FILE_ORIGIN };
}
