import { failure } from "../errors";
import {
  answerOf,
  Callbacks,
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
import type { Services } from "./services";

/** A request that has left the router and was not given to a handler yet. */
interface WaitingRequest<Event> {
  readonly endpoint: number;
  readonly request: IncomingRequest;
  readonly event: Event;
  readonly read: () => unknown;
  /** The service and the method, if it is a call of one. */
  readonly called: Called | undefined;
}

/** A service, and its method. */
export type Called = readonly [service: string, method: string];

/** The endpoint of main itself. */
const MAIN = 0;

/** The event of a call by main itself, which no document sent. */
function ownEvent<Event>(request: IncomingRequest): Event {
  const event = {
    windowName: undefined,
    origin: undefined,
    get signal() {
      return request.signal;
    },
  };
  return Object.freeze(event) as unknown as Event;
}

/** Requests to main, from the router to their handlers and back. */
export class Requests<Event> {
  private readonly _handlers: Callbacks<Handler<Event>>;
  private readonly _ofAdded: Handler<Event> = (event, msg) =>
    answerOf(this._handlers._all, event, msg);
  /** By the endpoint that asks: requests, and calls of services. */
  private readonly _incoming = new Map<number, IncomingRequests>();
  private readonly _called = new Map<number, IncomingRequests>();
  /** Empty but for a moment, unless the last handler left in the middle of a packet. */
  private _waiting: WaitingRequest<Event>[] = [];

  constructor(
    private readonly _router: Router,
    private readonly _platform: Pick<Platform<Event>, "eventOf" | "whyEnded">,
    private readonly _handlerWait: HandlerWait,
    private readonly _answers: Answers,
    private readonly _flush: Flush,
    private readonly _services: Services<Event>,
  ) {
    this._handlers = new Callbacks((hasHandler) => this._handlersChanged(hasHandler));
  }

  add(handler: Handler<Event>): () => void {
    return this._handlers.add(handler);
  }

  /** Gives a request to the handlers or to its service, or keeps it until there is one. */
  receive(endpoint: number, id: number, sender: Sender, read: () => unknown, called?: Called) {
    const request = new IncomingRequest(id, abortSource);
    // Made now, because the platform may have disposed its sender when a handler comes.
    const event =
      endpoint === MAIN
        ? ownEvent<Event>(request)
        : this._platform.eventOf(endpoint, sender, request);
    const waiting = { endpoint, request, event, read, called };
    if (this._waiting.length === 0 && this._canHandle(waiting)) this._handle(waiting);
    else this._waiting.push(waiting);
  }

  handleWaiting() {
    if (this._waiting.length === 0) return;
    // A request that comes while they are handled is behind those that wait on.
    const before = this._waiting;
    this._waiting = [];
    const rest = before.filter((each) => {
      const canHandle = this._canHandle(each);
      if (canHandle) this._handle(each);
      return !canHandle;
    });
    this._waiting = [...rest, ...this._waiting];
  }

  /** Whether requests wait for a handler here, and not in the router. */
  get hasWaiting(): boolean {
    return this._waiting.length > 0;
  }

  /** An asker has cancelled its request. */
  abort(endpoint: number, id: number, read: () => unknown) {
    for (const all of [this._incoming, this._called]) all.get(endpoint)?._cancel(id, read);
    if (this._waiting.length === 0) return;
    this._waiting = this._waiting.filter(
      (each) => each.endpoint !== endpoint || each.request._id !== id,
    );
  }

  /** Nobody waits for answers to these endpoints any more. */
  cancelAll(endpoints: readonly number[], reason: Error) {
    for (const all of [this._incoming, this._called]) {
      for (const endpoint of endpoints) {
        const incoming = all.get(endpoint);
        if (incoming) cancelAll(incoming, reason);
        all.delete(endpoint);
      }
    }
  }

  /** No handler came for what waits here. */
  rejectWaiting(waitedMs: number) {
    const error = failure(
      "ERR_NO_HANDLER",
      `sendMsgToMain: no onMsgFromRender handler was registered in main within ${waitedMs} ms (handlerWaitMs)`,
    );
    for (const { endpoint, request, called } of this._waiting.splice(0)) {
      const why = called ? this._services.unserved(...called, waitedMs) : error;
      this._requestsOf(endpoint, called)._settle(request, false, why);
    }
  }

  private _canHandle({ called }: WaitingRequest<Event>): boolean {
    return called ? this._services.has(called[0]) : this._handlers._hasAny;
  }

  private _handle({ endpoint, request, event, read, called }: WaitingRequest<Event>) {
    const whyEnded = this._platform.whyEnded(endpoint);
    if (whyEnded) request._cancel(whyEnded);
    const incoming = this._requestsOf(endpoint, called);
    const handler = called && this._services.handlerOf(...called);
    incoming._handle(request, event, read, handler ?? this._ofAdded);
  }

  /** Those of an endpoint that has ended are not kept. */
  private _requestsOf(endpoint: number, called: Called | undefined): IncomingRequests {
    const all = called ? this._called : this._incoming;
    const known = all.get(endpoint);
    if (known) return known;
    const requests = new IncomingRequests((id, ok, answer) =>
      this._answers.send(endpoint, id, ok, answer),
    );
    if (!this._platform.whyEnded(endpoint)) all.set(endpoint, requests);
    return requests;
  }

  private _handlersChanged(hasHandler: boolean) {
    this._router.listenMain(hasHandler);
    if (hasHandler) this._handlerWait.restart();
    this._flush.soon();
  }
}
