import type { Encoded } from "../codec";
import { Answering, type Handler, type Sender } from "../ends";
import { failure } from "../errors";
import { abortSource } from "./abort";
import type { Router } from "./binding";
import { HandlerWait } from "./handler-wait";

/** What the platform around says of requests. */
export interface RequestPlatform<Event> {
  /** What a handler is told of a request: all but its signal must be known at once. */
  readonly eventOf: (endpoint: number, sender: Sender) => (signal: () => AbortSignal) => Event;
  /** Why nobody waits for answers to an endpoint any more, if that is so. */
  readonly lost: (endpoint: number) => Error | undefined;
  /** How long a request waits for a handler, in milliseconds. */
  readonly handlerWaitMs: () => number;
}

/** Sends an answer, or an error in its place. */
export type Reply = (endpoint: number, id: number, ok: boolean, answer: Encoded) => void;

/** A request that has left the router and was not given to a handler yet. */
interface Waiting {
  readonly endpoint: number;
  readonly id: number;
  readonly handle: () => void;
}

/** What becomes of requests once they come out of the router. */
export class Requests<Event> {
  private readonly answering: Answering<string, Event>;
  private readonly handlerWait: HandlerWait;
  /** Empty but for a moment, unless the last handler left in the middle of a frame. */
  private waiting: Waiting[] = [];

  /** `unheard` hears of requests below a number that waited too long, in milliseconds. */
  constructor(
    private readonly router: Router,
    private readonly platform: RequestPlatform<Event>,
    reply: Reply,
    unheard: (before: number, waitedMs: number) => void,
    private readonly changed: () => void,
  ) {
    this.answering = new Answering(
      abortSource,
      (key, ...answer) => reply(...partsOf(key), ...answer),
      (any) => this.handlersChanged(any),
    );
    this.handlerWait = new HandlerWait(router, platform.handlerWaitMs, unheard);
  }

  add(handler: Handler<Event>): () => void {
    return this.answering.handlers.add(handler);
  }

  /** Takes a request for whoever handles it. */
  take(endpoint: number, id: number, sender: Sender, read: () => unknown) {
    const { platform, answering } = this;
    const eventOf = platform.eventOf(endpoint, sender);
    const handle = () =>
      answering.handle(keyOf(endpoint, id), eventOf, read, platform.lost(endpoint));
    if (this.waiting.length === 0 && answering.handlers.any) handle();
    else this.waiting.push({ endpoint, id, handle });
  }

  handleWaiting() {
    const requests = this.waiting;
    let handled = 0;
    while (this.answering.handlers.any && handled < requests.length) {
      handled += 1;
      requests[handled - 1]?.handle();
    }
    this.waiting = requests.slice(handled);
  }

  /** To be called when requests may have begun to wait for a handler. */
  waitForHandler() {
    if (this.waiting.length > 0 || this.router.requestsWait()) this.handlerWait.start();
  }

  /** An asker gave its request up. */
  abort(endpoint: number, id: number, read: () => unknown) {
    this.answering.abort(keyOf(endpoint, id), read);
    this.waiting = this.waiting.filter((it) => it.endpoint !== endpoint || it.id !== id);
  }

  /** Nobody waits for answers to these endpoints any more. */
  lose(endpoints: readonly number[], reason: Error) {
    const lost = new Set(endpoints);
    for (const key of this.answering.running.keys()) {
      if (lost.has(partsOf(key)[0])) this.answering.abort(key, () => reason);
    }
  }

  /** No handler came for what waits here. */
  refuseWaiting(waitedMs: number) {
    const error = failure(
      "ERR_NO_HANDLER",
      `sendMsgToMain: the main process called no onMsgFromRender within ${waitedMs} ms`,
    );
    for (const { endpoint, id } of this.waiting.splice(0)) {
      this.answering.answer(keyOf(endpoint, id), false, error);
    }
  }

  private handlersChanged(any: boolean) {
    this.router.listenMain(any);
    if (any) this.handlerWait.restart();
    this.changed();
  }
}

/** An asker's endpoint, and its id of the request. */
function keyOf(endpoint: number, id: number): string {
  return `${endpoint} ${id}`;
}

function partsOf(key: string): [endpoint: number, id: number] {
  const [endpoint, id] = key.split(" ");
  return [Number(endpoint), Number(id)];
}
