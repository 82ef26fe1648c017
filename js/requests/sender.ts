import { FILE_ORIGIN, type Stamp } from "../protocol/protocol";

/** What a stamp says. */
export interface Sender {
  readonly windowName: string | undefined;
  readonly origin: string | undefined;
}

export function senderOf(stamp: Stamp): Sender {
  if (Array.isArray(stamp)) return { windowName: stamp[0] ?? undefined, origin: stamp[1] };
  return { windowName: stamp || undefined, origin: stamp === 0 ? undefined : FILE_ORIGIN };
}
