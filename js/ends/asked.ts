import { failure } from "../errors";
import type { Code } from "../protocol/protocol";
import { type AskOptions, checkAskOptions } from "./options";
import { aborted } from "./reason";

/** A request that is not settled. */
interface Open {
  readonly call: string;
  readonly settle: (ok: boolean, value: unknown) => void;
}

/** The asker's side: promises of answers, by request id. */
export class Asked {
  private readonly open = new Map<number, Open>();
  private last = 0;

  /** `giveUp` hears of requests whose asker waits no longer, and why. */
  constructor(
    private readonly giveUp: (id: number, reason: unknown) => void,
    private readonly listen: ListenToSignal = listenToSignal,
  ) {}

  /**
   * Throws what is wrong with the options. `send` gets the id under which the answer will come;
   * what it throws rejects the promise.
   */
  start(call: string, options: AskOptions, send: (id: number) => void): Promise<unknown> {
    checkAskOptions(call, options);
    const { timeoutMs, signal } = options;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) throw reasonOf(signal);
      this.last += 1;
      const id = this.last;
      send(id);
      const giveUp = (reason: unknown) => {
        this.end(id, false, reason);
        this.giveUp(id, reason);
      };
      const abort = () => giveUp(reasonOf(signal as AbortSignal));
      const late = () =>
        giveUp(failure("ERR_TIMEOUT", `${call}: no answer within ${timeoutMs} ms`));
      const timer = timeoutMs === undefined ? undefined : setTimeout(late, timeoutMs);
      const unlisten = signal && this.listen(signal, abort);
      const settle = (ok: boolean, value: unknown) => {
        clearTimeout(timer);
        unlisten?.();
        (ok ? resolve : reject)(value);
      };
      this.open.set(id, { call, settle });
    });
  }

  /** An answer came, or an error in its place. One that nobody waits for changes nothing. */
  settle(id: number, ok: boolean, read: () => unknown) {
    try {
      this.end(id, ok, read());
    } catch {
      this.end(id, false, failure("ERR_BAD_FRAME", "the message could not be read"));
    }
  }

  /** The router could not have the request answered. */
  refuse(id: number, code: Code, reason: string | null, sentence: string) {
    const message = `${this.open.get(id)?.call}: ${sentence}`;
    this.end(id, false, failure(code, message, reason && { reason }));
  }

  private end(id: number, ok: boolean, value: unknown) {
    const asked = this.open.get(id);
    this.open.delete(id);
    asked?.settle(ok, value);
  }
}

/** Calls back when a signal is aborted, unless it is undone. */
export type ListenToSignal = (signal: AbortSignal, listener: () => void) => () => void;

export const listenToSignal: ListenToSignal = (signal, listener) => {
  signal.addEventListener("abort", listener);
  return () => signal.removeEventListener("abort", listener);
};

/** Chrome 98 and Node 17 are the first whose signals have reasons. */
function reasonOf(signal: AbortSignal): unknown {
  return signal.reason === undefined ? aborted() : signal.reason;
}
