import { attachmentsOf, decode } from "../codec";
import { failure } from "../errors";
import type { Form, Kind } from "../protocol/protocol";
import type { Frame, Router } from "./binding";
import { HandlerWait } from "./handler-wait";
import { type Handler, Handlers } from "./handlers";

/** What the platform around says of requests. */
export interface RequestPlatform<Event> {
  /** What a handler is told of the sender: an endpoint, and its window's name when it sent. */
  readonly eventOf: (endpoint: number, windowName: string | undefined) => Event;
  /** How long a request waits for a handler, in milliseconds. */
  readonly handlerWaitMs: () => number;
}

/** Sends an answer, or an error in its place. */
export type Reply = (endpoint: number, id: number, ok: boolean, value: unknown) => void;

type RequestRecord = [
  kind: typeof Kind.Request,
  endpoint: number,
  sender: string | null,
  id: number,
  form: Form,
  payload: unknown,
];
/** A request that has left the router and was not given to a handler yet. */
interface Waiting {
  readonly endpoint: number;
  readonly id: number;
  readonly handle: () => void;
}

/** What becomes of requests once they come out of the router. */
export class Requests<Event> {
  private readonly handlers = new Handlers<Event>((any) => this.handlersChanged(any));
  private readonly handlerWait: HandlerWait;
  /** Empty but for a moment, unless the last handler left in the middle of a frame. */
  private waiting: Waiting[] = [];

  constructor(
    private readonly router: Router,
    private readonly platform: RequestPlatform<Event>,
    private readonly reply: Reply,
    private readonly changed: () => void,
  ) {
    const { handlerWaitMs } = platform;
    this.handlerWait = new HandlerWait(router, handlerWaitMs, (count) => this.giveUp(count));
  }

  add(handler: Handler<Event>): () => void {
    return this.handlers.add(handler);
  }

  /** Takes a frame for the main process. */
  take(frame: Frame, attachments: readonly ArrayBuffer[]) {
    const take = attachmentsOf(attachments);
    for (const record of JSON.parse(frame.text) as RequestRecord[]) {
      const [, endpoint, sender, id, form, payload] = record;
      const mine = take(form);
      const event = this.platform.eventOf(endpoint, sender ?? undefined);
      const handle = () => this.handleOne(event, endpoint, id, () => decode(form, payload, mine));
      this.waiting.push({ endpoint, id, handle });
    }
    this.handleWaiting();
  }

  handleWaiting() {
    const requests = this.waiting;
    let handled = 0;
    while (this.handlers.any && handled < requests.length) {
      handled += 1;
      requests[handled - 1]?.handle();
    }
    this.waiting = requests.slice(handled);
  }

  /** To be called when requests may have begun to wait for a handler. */
  waitForHandler() {
    if (this.handlers.any) return;
    if (this.waiting.length > 0 || this.router.waitingRequests() > 0) this.handlerWait.start();
  }

  private handleOne(event: Event, endpoint: number, id: number, msg: () => unknown) {
    const answered = (value: unknown) => this.reply(endpoint, id, true, value);
    const failed = (error: unknown) => this.reply(endpoint, id, false, error);
    try {
      const answer = this.handlers.answer(event, readable(msg));
      if (isThenable(answer)) Promise.resolve(answer).then(answered, failed);
      else answered(answer);
    } catch (error) {
      failed(error);
    }
  }

  private handlersChanged(any: boolean) {
    this.router.listenMain(any);
    if (any) this.handlerWait.stop();
    this.changed();
  }

  /** No handler came for what waits here, nor for the oldest `count` of what the router holds. */
  private giveUp(count: number) {
    const unheard = this.router.takeUnheardRequests(count);
    if (unheard) this.take(unheard, NO_ATTACHMENTS);
    const waitMs = this.platform.handlerWaitMs();
    const error = failure(
      "ERR_NO_HANDLER",
      `sendMsgToMain: the main process called no onMsgFromRender within ${waitMs} ms`,
    );
    for (const { endpoint, id } of this.waiting.splice(0)) this.reply(endpoint, id, false, error);
  }
}

/** Nobody reads what is given up. */
const NO_ATTACHMENTS: readonly ArrayBuffer[] = [];

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === "function";
}

/** What a window sent may be anything: a payload that is none is its sender's error. */
function readable(msg: () => unknown): unknown {
  try {
    return msg();
  } catch {
    throw failure("ERR_BAD_FRAME", "the message could not be read");
  }
}
