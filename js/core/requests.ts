import { failure } from "../errors";
import {
  cancelAll,
  type Handler,
  IncomingRequest,
  IncomingRequests,
  type Sender,
} from "../requests";
import { abortSource } from "./abort";
import type { Answers } from "./answers";
import type { Router } from "./binding";
import type { Flush } from "./flush";
import type { HandlerWait } from "./handler-wait";
import type { Platform } from "./platform";

/** A request that has left the router and was not given to a handler yet. */
interface WaitingRequest<Event> {
  readonly request: IncomingRequest;
  readonly event: Event;
  readonly read: () => unknown;
}

/** Requests to main, from the router to their handlers and back. */
export class Requests<Event> {
  private readonly _incoming: IncomingRequests<Event>;
  /** Empty but for a moment, unless the last handler left in the middle of a packet. */
  private _waiting: WaitingRequest<Event>[] = [];

  constructor(
    private readonly _router: Router,
    private readonly _platform: Pick<Platform<Event>, "eventOf" | "whyEnded">,
    private readonly _handlerWait: HandlerWait,
    answers: Answers,
    private readonly _flush: Flush,
  ) {
    this._incoming = new IncomingRequests(
      (...answer) => answers.send(...answer),
      (hasHandler) => this._handlersChanged(hasHandler),
    );
  }

  add(handler: Handler<Event>): () => void {
    return this._incoming._handlers.add(handler);
  }

  /** Gives a request to the handlers, or keeps it until there is one. */
  receive(endpoint: number, id: number, sender: Sender, read: () => unknown) {
    const request = new IncomingRequest(endpoint, id, abortSource);
    // Made now, because the platform may have disposed its sender when a handler comes.
    const event = this._platform.eventOf(endpoint, sender, request);
    if (this._waiting.length === 0 && this._incoming._handlers._hasAny) {
      this._handle(request, event, read);
    } else {
      this._waiting.push({ request, event, read });
    }
  }

  handleWaiting() {
    const requests = this._waiting;
    let handled = 0;
    while (this._incoming._handlers._hasAny && handled < requests.length) {
      const { request, event, read } = requests[handled] as WaitingRequest<Event>;
      handled += 1;
      this._handle(request, event, read);
    }
    if (handled > 0) this._waiting = requests.slice(handled);
  }

  /** Whether requests wait for a handler here, and not in the router. */
  get hasWaiting(): boolean {
    return this._waiting.length > 0;
  }

  /** An asker has cancelled its request. */
  abort(endpoint: number, id: number, read: () => unknown) {
    this._incoming._cancel(endpoint, id, read);
    if (this._waiting.length === 0) return;
    this._waiting = this._waiting.filter(
      ({ request }) => request._asker !== endpoint || request._id !== id,
    );
  }

  /** Nobody waits for answers to these endpoints any more. */
  cancelAll(endpoints: readonly number[], reason: Error) {
    for (const endpoint of endpoints) cancelAll(this._incoming, endpoint, reason);
  }

  /** No handler came for what waits here. */
  rejectWaiting(waitedMs: number) {
    const error = failure(
      "ERR_NO_HANDLER",
      `sendMsgToMain: no onMsgFromRender handler was registered in main within ${waitedMs} ms (handlerWaitMs)`,
    );
    for (const { request } of this._waiting.splice(0))
      this._incoming._answer(request, false, error);
  }

  private _handle(request: IncomingRequest, event: Event, read: () => unknown) {
    const whyEnded = this._platform.whyEnded(request._asker);
    if (whyEnded) request._cancel(whyEnded);
    this._incoming._handle(request, event, read);
  }

  private _handlersChanged(hasHandler: boolean) {
    this._router.listenMain(hasHandler);
    if (hasHandler) this._handlerWait.restart();
    this._flush.soon();
  }
}
