import { type Encoded, encode } from "../codec";
import { failure, notCloneable } from "../errors";
import type { Callbacks } from "./callbacks";
import { answerOf, type Handler } from "./handlers";
import type { IncomingRequest } from "./incoming-request";
import { itemsOf, Pending } from "./pending";
import { aborted, readOr } from "./reason";

/** Sends the answer to a request, or an error in its place. */
export type SendAnswer = (id: number, ok: boolean, answer: Encoded) => void;

/** The receiver's side for one asker: runs the handlers of its requests and sends their answers. */
export class IncomingRequests<Event> {
  /** The requests whose handlers run. */
  readonly _running = new Pending<IncomingRequest>();

  /** `_handlers` are called in the order in which they were added. */
  constructor(
    private readonly _send: SendAnswer,
    readonly _handlers: Callbacks<Handler<Event>>,
  ) {}

  /** `handlers`: those of this request alone, or those that were added. */
  _handle(
    request: IncomingRequest,
    event: Event,
    read: () => unknown,
    handlers = this._handlers._all,
  ) {
    this._running._add(request);
    try {
      if (handlers.length === 0) throw failure("ERR_NO_HANDLER", "the handler was removed");
      const answer = answerOf(handlers, event, read());
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
  _cancel(id: number, read: () => unknown) {
    this._running._get(id)?._cancel(readOr(read, aborted));
  }

  /** If the answer cannot be sent, the asker gets an error, because it would wait for ever otherwise. */
  _settle(request: IncomingRequest, ok: boolean, answer: unknown) {
    this._running._remove(request);
    if (request._cancelled) return;
    let encoded: Encoded;
    try {
      encoded = encode(answer, "answer");
    } catch (error) {
      ok = false;
      encoded = encodeError(error);
    }
    this._send(request._id, ok, encoded);
  }
}

/** Cancels all requests, whose asker has ended. No method, so that a page's bundle does not have it. */
export function cancelAll({ _running }: IncomingRequests<never>, reason: unknown) {
  for (const request of itemsOf(_running)) request._cancel(reason);
}

function encodeError(error: unknown): Encoded {
  return readOr(
    () => encode(error, "error"),
    // The error has a getter that throws, for one.
    () => encode(notCloneable("the answer cannot be sent"), "error"),
  );
}
