import { type Encoded, encode } from "../codec";
import { notCloneable } from "../errors";
import type { Handler } from "./handlers";
import type { IncomingRequest } from "./incoming-request";
import { itemsOf, Pending } from "./pending";
import { aborted, readOr } from "./reason";

/** Sends the answer to a request, or an error in its place. */
export type SendAnswer = (id: number, ok: boolean, answer: Encoded) => void;

/** The receiver's side for one asker: runs the handlers of its requests and sends their answers. */
export class IncomingRequests {
  /** The requests whose handlers run. */
  readonly _running = new Pending<IncomingRequest>();

  constructor(private readonly _send: SendAnswer) {}

  _handle<Event>(
    request: IncomingRequest,
    event: Event,
    read: () => unknown,
    handler: Handler<Event>,
  ) {
    this._running._add(request);
    try {
      const answer = handler(event, read());
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
export function cancelAll({ _running }: IncomingRequests, reason: unknown) {
  for (const request of itemsOf(_running)) request._cancel(reason);
}

function encodeError(error: unknown): Encoded {
  return readOr(
    () => encode(error, "error"),
    // The error has a getter that throws, for one.
    () => encode(notCloneable("the answer cannot be sent"), "error"),
  );
}
