import { failure } from "../errors";
import type { Code } from "../protocol/protocol";
import { type AskOptions, checkAskOptions } from "./options";
import { aborted } from "./reason";

/** A request that is not settled. */
interface Open {
  readonly call: string;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (reason: unknown) => void;
  /** Ends the watch over its time and its signal, where it was asked for such. */
  readonly unwatch: (() => void) | undefined;
}

/** The asker's side: promises of answers, by request id. */
export class Asked {
  private readonly unsettled = new Map<number, Open>();
  private last = 0;

  /** `giveUp` hears of requests whose asker waits no longer, and why. */
  constructor(
    private readonly giveUp: (id: number, reason: unknown) => void,
    private readonly listen: ListenToSignal = listenToSignal,
  ) {}

  /**
   * Throws what is wrong with the options. `send` gets the JSON of the request's `Ask`, and the id
   * under which the answer will come; what it throws rejects the promise.
   */
  start(
    call: string,
    options: AskOptions,
    send: (ask: number | string, id: number) => void,
  ): Promise<unknown> {
    const watched = checkAskOptions(call, options);
    return new Promise((resolve, reject) => {
      if (watched && options.signal?.aborted) throw reasonOf(options.signal);
      const id = ++this.last;
      const unwatch = watched ? this.watch(id, call, options) : undefined;
      this.unsettled.set(id, { call, resolve, reject, unwatch });
      try {
        // The answer may be there before this returns.
        send(options.timeoutMs === undefined ? id : `[${id},${options.timeoutMs}]`, id);
      } catch (error) {
        this.end(id, false, error);
      }
    });
  }

  /** Settles a request with its answer, or an error; one that nobody waits for changes nothing. */
  end(id: number, ok: boolean, value: unknown) {
    const asked = this.unsettled.get(id);
    if (!asked) return;
    this.unsettled.delete(id);
    asked.unwatch?.();
    (ok ? asked.resolve : asked.reject)(value);
  }

  /** The same with an answer that has yet to be read. */
  settle(id: number, ok: boolean, read: () => unknown) {
    try {
      this.end(id, ok, read());
    } catch (error) {
      this.end(id, false, error);
    }
  }

  /** The router could not have the request answered. */
  refuse(id: number, code: Code, reason: string | null, sentence: string) {
    const message = `${this.unsettled.get(id)?.call}: ${sentence}`;
    this.end(id, false, failure(code, message, reason && { reason }));
  }

  private watch(id: number, call: string, { timeoutMs, signal }: AskOptions): () => void {
    const giveUp = (reason: unknown) => {
      this.end(id, false, reason);
      this.giveUp(id, reason);
    };
    const late = () => giveUp(failure("ERR_TIMEOUT", `${call}: no answer within ${timeoutMs} ms`));
    const timer = timeoutMs === undefined ? undefined : setTimeout(late, timeoutMs);
    const unlisten = signal && this.listen(signal, () => giveUp(reasonOf(signal)));
    return () => {
      clearTimeout(timer);
      unlisten?.();
    };
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
