import { failure, type Trace } from "../errors";
import type { Code } from "../protocol/protocol";
import { type AskOptions, checkAskOptions } from "./options";
import { itemsOf, Pending } from "./pending";
import { aborted } from "./reason";

/** A request that is not settled. */
interface OutgoingRequest {
  readonly _id: number;
  readonly _apiName: string;
  readonly _resolve: (answer: unknown) => void;
  readonly _reject: (reason: unknown) => void;
  /** Ends the timer and the listener at the signal, if the request has any. */
  readonly _unwatch: (() => void) | undefined;
}

/** The asker's side: the promises of answers, by the id of their request. */
export class OutgoingRequests {
  readonly _pending = new Pending<OutgoingRequest>();
  private _last = 0;

  /** `_onCancel` is called when the asker does not wait any longer, with the reason. */
  constructor(
    private readonly _onCancel: (id: number, reason: unknown) => void,
    private readonly _trace?: Trace,
    private readonly _listen: ListenToSignal = listenToSignal,
  ) {}

  /**
   * Throws if the options are invalid. `send` gets the JSON of the request's `Ask`, and the id of its
   * answer. If `send` throws, the promise rejects.
   */
  _start(
    apiName: string,
    options: AskOptions | undefined,
    send: (ask: number | string, id: number) => void,
  ): Promise<unknown> {
    if (options !== undefined) checkAskOptions(apiName, options);
    return new Promise((resolve, reject) => {
      if (options?.signal?.aborted) throw reasonOf(options.signal);
      const id = ++this._last;
      this._pending._add({
        _id: id,
        _apiName: apiName,
        _resolve: resolve,
        _reject: this._trace?.(reject, apiName, options) ?? reject,
        _unwatch: options && this._watch(id, apiName, options),
      });
      try {
        // The answer may be there before this returns.
        send(options?.timeoutMs === undefined ? id : `[${id},${options.timeoutMs}]`, id);
      } catch (error) {
        this._end(id, false, error);
      }
    });
  }

  /** Settles a request with its answer or an error. An answer that nobody waits for changes nothing. */
  _end(id: number, ok: boolean, value: unknown) {
    const request = this._pending._get(id);
    if (!request) return;
    this._pending._remove(request);
    request._unwatch?.();
    (ok ? request._resolve : request._reject)(value);
  }

  /** The same for an answer that is not decoded yet. */
  _settle(id: number, ok: boolean, read: () => unknown) {
    try {
      this._end(id, ok, read());
    } catch (error) {
      this._end(id, false, error);
    }
  }

  /** The router rejected or dropped the request. */
  _nack(id: number, code: Code, reason: string | null, sentence: string) {
    const apiName = this._pending._get(id)?._apiName;
    this._end(id, false, failure(code, `${apiName}: ${sentence}`, reason && { reason }));
  }

  private _watch(id: number, apiName: string, { timeoutMs, signal }: AskOptions): () => void {
    const cancel = (reason: unknown) => {
      this._end(id, false, reason);
      this._onCancel(id, reason);
    };
    const expire = () =>
      cancel(failure("ERR_TIMEOUT", `${apiName}: no answer within ${timeoutMs} ms`));
    const timer = timeoutMs === undefined ? undefined : setTimeout(expire, timeoutMs);
    const unlisten = signal && this._listen(signal, () => cancel(reasonOf(signal)));
    return () => {
      clearTimeout(timer);
      unlisten?.();
    };
  }
}

/** Ends the timers of requests that will not be settled. No method, so that a page's bundle does not have it. */
export function stopRequests({ _pending }: OutgoingRequests) {
  for (const request of itemsOf(_pending)) request._unwatch?.();
}

/** Calls the listener when the signal is aborted. Returns how to remove it. */
export type ListenToSignal = (signal: AbortSignal, listener: () => void) => () => void;

export const listenToSignal: ListenToSignal = (signal, listener) => {
  signal.addEventListener("abort", listener);
  return () => signal.removeEventListener("abort", listener);
};

/** Signals have reasons since Chrome 98 and Node 17. */
function reasonOf(signal: AbortSignal): unknown {
  return signal.reason === undefined ? aborted() : signal.reason;
}
