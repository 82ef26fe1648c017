import { type ListenToSignal, listenToSignal } from "../requests";

interface Audience {
  readonly listeners: Set<() => void>;
  readonly unlisten: () => void;
}

const audiences = new WeakMap<AbortSignal, Audience>();

/**
 * One listener of a signal for all requests that it is given to: Node warns of a leak where there
 * are more than ten.
 */
export const listenTogether: ListenToSignal = (signal, listener) => {
  const { listeners, unlisten } = audiences.get(signal) ?? gather(signal);
  // A listener of its own: the same function may be given twice.
  const own = () => listener();
  listeners.add(own);
  return () => {
    listeners.delete(own);
    if (listeners.size > 0) return;
    unlisten();
    audiences.delete(signal);
  };
};

function gather(signal: AbortSignal): Audience {
  const listeners = new Set<() => void>();
  const unlisten = listenToSignal(signal, () => {
    for (const listener of [...listeners]) listener();
  });
  const audience = { listeners, unlisten };
  audiences.set(signal, audience);
  return audience;
}
