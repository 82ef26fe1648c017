import { failure } from "../errors";
import { Answering, type Handler, type SendAnswer, type Sender, Work } from "../requests";
import { abortSource } from "./abort";
import type { Router } from "./binding";
import { HandlerWait } from "./handler-wait";

/** What the platform around says of requests. */
export interface RequestPlatform<Event> {
  /** What a handler is told of a request; its signal is that of the work. */
  readonly eventOf: (endpoint: number, sender: Sender, work: Work) => Event;
  /** Why nobody waits for answers to an endpoint any more, if that is so. */
  readonly lost: (endpoint: number) => Error | undefined;
  /** How long a request waits for a handler, in milliseconds. */
  readonly handlerWaitMs: () => number;
}

/** A request that has left the router and was not given to a handler yet. */
interface Waiting<Event> {
  readonly work: Work;
  readonly event: Event;
  readonly read: () => unknown;
}

/** What becomes of requests once they come out of the router. */
export class Requests<Event> {
  private readonly _answering: Answering<Event>;
  private readonly _handlerWait: HandlerWait;
  /** Empty but for a moment, unless the last handler left in the middle of a packet. */
  private _waiting: Waiting<Event>[] = [];

  /** `unheard` hears of requests below a number that waited too long, in milliseconds. */
  constructor(
    private readonly _router: Router,
    private readonly _platform: RequestPlatform<Event>,
    reply: SendAnswer,
    unheard: (before: number, waitedMs: number) => void,
    private readonly _changed: () => void,
  ) {
    this._answering = new Answering(reply, (any) => this._handlersChanged(any));
    this._handlerWait = new HandlerWait(_router, _platform.handlerWaitMs, unheard);
  }

  add(handler: Handler<Event>): () => void {
    return this._answering.handlers.add(handler);
  }

  /** Takes a request for whoever handles it. */
  take(endpoint: number, id: number, sender: Sender, read: () => unknown) {
    const work = new Work(endpoint, id, abortSource);
    // Made now: the platform may know its sender no longer when a handler comes.
    const event = this._platform.eventOf(endpoint, sender, work);
    if (this._waiting.length === 0 && this._answering.handlers.any) {
      this._handle(work, event, read);
    } else {
      this._waiting.push({ work, event, read });
    }
  }

  handleWaiting() {
    const requests = this._waiting;
    let handled = 0;
    while (this._answering.handlers.any && handled < requests.length) {
      const { work, event, read } = requests[handled] as Waiting<Event>;
      handled += 1;
      this._handle(work, event, read);
    }
    if (handled > 0) this._waiting = requests.slice(handled);
  }

  /** To be called when requests may have begun to wait for a handler, in the router or here. */
  waitForHandler(inRouter: boolean) {
    if (inRouter || this._waiting.length > 0) this._handlerWait.start();
  }

  /** An asker gave its request up. */
  abort(endpoint: number, id: number, read: () => unknown) {
    this._answering.abort(endpoint, id, read);
    if (this._waiting.length === 0) return;
    this._waiting = this._waiting.filter(({ work }) => work.asker !== endpoint || work.id !== id);
  }

  /** Nobody waits for answers to these endpoints any more. */
  lose(endpoints: readonly number[], reason: Error) {
    for (const endpoint of endpoints) this._answering.lose(endpoint, reason);
  }

  /** No handler came for what waits here. */
  refuseWaiting(waitedMs: number) {
    const error = failure(
      "ERR_NO_HANDLER",
      `sendMsgToMain: the main process called no onMsgFromRender within ${waitedMs} ms`,
    );
    for (const { work } of this._waiting.splice(0)) this._answering.answer(work, false, error);
  }

  private _handle(work: Work, event: Event, read: () => unknown) {
    const lost = this._platform.lost(work.asker);
    if (lost) work.lose(lost);
    this._answering.handle(work, event, read);
  }

  private _handlersChanged(any: boolean) {
    this._router.listenMain(any);
    if (any) this._handlerWait.restart();
    this._changed();
  }
}
