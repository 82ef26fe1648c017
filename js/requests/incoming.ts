import { type Encoded, encode } from "../codec";
import { failure } from "../errors";
import { Handlers } from "./handlers";
import type { IncomingRequest } from "./incoming-request";
import { aborted, readOr } from "./reason";

/** Sends the answer to a request, or an error in its place. */
export type SendAnswer = (asker: number, id: number, ok: boolean, answer: Encoded) => void;

/** The answerer's side: runs the handlers of requests. */
export class IncomingRequests<Event> {
  readonly handlers: Handlers<Event>;
  /** The requests that handlers are at work at, by asker and id. */
  private readonly _running = new Map<number, Map<number, IncomingRequest>>();

  /** `changed` hears whether there is a handler, when that changes. */
  constructor(
    private readonly _send: SendAnswer,
    changed: (any: boolean) => void,
  ) {
    this.handlers = new Handlers(changed);
  }

  handle(request: IncomingRequest, event: Event, read: () => unknown) {
    this._begin(request);
    try {
      if (!this.handlers.any) throw failure("ERR_NO_HANDLER", "the handler was removed");
      const answer = this.handlers.answer(event, read());
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
  abort(asker: number, id: number, read: () => unknown) {
    this._running.get(asker)?.get(id)?.lose(readOr(read, aborted));
  }

  /** An asker is gone: nothing that it asks is begun after this without being lost already. */
  lose(asker: number, reason: unknown) {
    const works = this._running.get(asker);
    if (!works) return;
    for (const request of works.values()) request.lose(reason);
    this._running.delete(asker);
  }

  /** An answer that cannot be sent is an error for the asker, who would wait for ever otherwise. */
  answer({ asker, id }: IncomingRequest, ok: boolean, value: unknown) {
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
    if (request.lost) return;
    const works = this._running.get(request.asker) ?? new Map<number, IncomingRequest>();
    this._running.set(request.asker, works.set(request.id, request));
  }

  private _settle(request: IncomingRequest, ok: boolean, value: unknown) {
    this._running.get(request.asker)?.delete(request.id);
    if (!request.lost) this.answer(request, ok, value);
  }
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
