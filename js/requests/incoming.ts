import { type Encoded, encode } from "../codec";
import { failure } from "../errors";
import { Handlers } from "./handlers";
import type { IncomingRequest } from "./incoming-request";
import { aborted, readOr } from "./reason";

/** Sends the answer to a request, or an error in its place. */
export type SendAnswer = (asker: number, id: number, ok: boolean, answer: Encoded) => void;

/** The answerer's side: runs the handlers of requests. */
export class IncomingRequests<Event> {
  readonly _handlers: Handlers<Event>;
  /** The requests that handlers are at work at, by asker and id. */
  readonly _running = new Map<number, Map<number, IncomingRequest>>();

  /** `changed` hears whether there is a handler, when that changes. */
  constructor(
    private readonly _send: SendAnswer,
    changed: (hasAny: boolean) => void,
  ) {
    this._handlers = new Handlers(changed);
  }

  _handle(request: IncomingRequest, event: Event, read: () => unknown) {
    this._begin(request);
    try {
      if (!this._handlers._hasAny) throw failure("ERR_NO_HANDLER", "the handler was removed");
      const answer = this._handlers._answer(event, read());
      if (!isThenable(answer)) return this._settle(request, true, answer);
      Promise.resolve(answer).then(
        (value) => this._settle(request, true, value),
        (error) => this._settle(request, false, error),
      );
    } catch (error) {
      this._settle(request, false, error);
    }
  }

  /** Nobody waits for the answer any more, for a reason that may turn out to be unreadable. */
  _cancel(asker: number, id: number, read: () => unknown) {
    this._running.get(asker)?.get(id)?._cancel(readOr(read, aborted));
  }

  /** An answer that cannot be sent is an error for the asker, who would wait for ever otherwise. */
  _answer({ asker, id }: IncomingRequest, ok: boolean, value: unknown) {
    let encoded: Encoded;
    try {
      encoded = encode(value, "answer");
    } catch (error) {
      ok = false;
      encoded = encodeError(error);
    }
    this._send(asker, id, ok, encoded);
  }

  private _begin(request: IncomingRequest) {
    if (request._cancelled) return;
    const requests = this._running.get(request.asker) ?? new Map<number, IncomingRequest>();
    this._running.set(request.asker, requests.set(request.id, request));
  }

  private _settle(request: IncomingRequest, ok: boolean, value: unknown) {
    this._running.get(request.asker)?.delete(request.id);
    if (!request._cancelled) this._answer(request, ok, value);
  }
}

/**
 * An asker is gone: all that it asked for is cancelled. Only main calls this, and a page does not pay for
 * it because it is no method.
 */
export function cancelAll({ _running }: IncomingRequests<never>, asker: number, reason: unknown) {
  for (const request of _running.get(asker)?.values() ?? []) request._cancel(reason);
  _running.delete(asker);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === "function";
}

function encodeError(error: unknown): Encoded {
  return readOr(
    () => encode(error, "error"),
    // Whatever a getter threw.
    () => encode(failure("ERR_NOT_CLONEABLE", "the answer cannot be sent"), "error"),
  );
}
