import { type Encoded, encode } from "../codec";
import { failure } from "../errors";
import { Callbacks } from "./callbacks";
import { answerOf, type Handler } from "./handlers";
import type { IncomingRequest } from "./incoming-request";
import { aborted, readOr } from "./reason";

/** Sends the answer to a request, or an error in its place. */
export type SendAnswer = (asker: number, id: number, ok: boolean, answer: Encoded) => void;

/** The receiver's side: runs the handlers of requests and sends their answers. */
export class IncomingRequests<Event> {
  /** Called in the order in which they were added. */
  readonly _handlers: Callbacks<Handler<Event>>;
  /** The requests whose handlers run, by asker and id. */
  readonly _running = new Map<number, Map<number, IncomingRequest>>();

  /** `changed` is called when the first handler comes and when the last one goes. */
  constructor(
    private readonly _send: SendAnswer,
    changed: (hasAny: boolean) => void,
  ) {
    this._handlers = new Callbacks(changed);
  }

  _handle(request: IncomingRequest, event: Event, read: () => unknown) {
    this._begin(request);
    try {
      if (!this._handlers._hasAny) throw failure("ERR_NO_HANDLER", "the handler was removed");
      const answer = answerOf(this._handlers._all, event, read());
      const isThenable = typeof (answer as PromiseLike<unknown> | undefined)?.then === "function";
      if (!isThenable) return this._settle(request, true, answer);
      Promise.resolve(answer).then(
        (value) => this._settle(request, true, value),
        (error) => this._settle(request, false, error),
      );
    } catch (error) {
      this._settle(request, false, error);
    }
  }

  /** Nobody waits for the answer any more. If the reason cannot be read, it is ERR_ABORTED. */
  _cancel(asker: number, id: number, read: () => unknown) {
    this._running.get(asker)?.get(id)?._cancel(readOr(read, aborted));
  }

  /** If the answer cannot be sent, the asker gets an error, because it would wait for ever otherwise. */
  _answer({ _asker: asker, _id: id }: IncomingRequest, ok: boolean, value: unknown) {
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
    const requests = this._running.get(request._asker) ?? new Map<number, IncomingRequest>();
    this._running.set(request._asker, requests.set(request._id, request));
  }

  private _settle(request: IncomingRequest, ok: boolean, value: unknown) {
    this._running.get(request._asker)?.delete(request._id);
    if (!request._cancelled) this._answer(request, ok, value);
  }
}

/** Cancels all requests of an asker that has ended. No method, so that a page's bundle does not have it. */
export function cancelAll({ _running }: IncomingRequests<never>, asker: number, reason: unknown) {
  for (const request of _running.get(asker)?.values() ?? []) request._cancel(reason);
  _running.delete(asker);
}

function encodeError(error: unknown): Encoded {
  return readOr(
    () => encode(error, "error"),
    // The error has a getter that throws, for one.
    () => encode(failure("ERR_NOT_CLONEABLE", "the answer cannot be sent"), "error"),
  );
}
