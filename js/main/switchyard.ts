import { attachmentsOf, decode, type Encoded, encode } from "../codec";
import { failure } from "../errors";
import type { Code, Form, Link } from "../protocol/protocol";
import type { Frame, Router } from "./binding";
import { HandlerWait } from "./handler-wait";
import { type Handler, Handlers } from "./handlers";
import { Slab } from "./slab";

/** Hands a frame to a window's page; does nothing where that page is gone. */
export type Deliver = (
  contents: number,
  link: Link,
  frame: string,
  attachments: ArrayBuffer[] | undefined,
) => void;

/** What the platform around provides; Electron, or a stand-in for fast tests. */
export interface Platform<Event> {
  readonly deliver: Deliver;
  /** What a handler is told of the sender: an endpoint, and the window's name when it sent. */
  readonly eventOf: (endpoint: number, windowName: string | undefined) => Event;
  /** How long a request waits for a handler, in milliseconds. */
  readonly handlerWaitMs: () => number;
  /** Whether unknown window names may be asked for with {@link Platform.resolve}. */
  readonly resolves: () => boolean;
  /** Registers the windows of these names, where they exist. Never throws. */
  readonly resolve: (names: readonly string[]) => void;
}

type RequestRecord = [
  kind: number,
  endpoint: number,
  sender: string | null,
  id: number,
  form: Form,
  payload: unknown,
];

/** A request that has left the router and has no handler. */
interface Stranded {
  readonly endpoint: number;
  readonly id: number;
  readonly handle: () => void;
}

const MAIN_ENDPOINT = 0;

/** The main process's end of the wire, around the router. Knows no Electron. */
export class Switchyard<Event> {
  private readonly slab = new Slab();
  private readonly handlers = new Handlers<Event>((any) => {
    this.router.listenMain(any);
    if (any) this.handlerWait.stop();
    this.flushSoon();
  });
  private readonly handlerWait: HandlerWait;
  private scheduled = false;
  /** Requests that were taken from the router when the last handler left. */
  private stranded: Stranded[] = [];

  constructor(
    readonly router: Router,
    private readonly platform: Platform<Event>,
  ) {
    const { handlerWaitMs } = platform;
    this.handlerWait = new HandlerWait(router, handlerWaitMs, (count) => this.giveUp(count));
  }

  handle(handler: Handler<Event>): () => void {
    return this.handlers.add(handler);
  }

  send(windowName: string, msg: unknown) {
    const { form, text, buffers } = encode(msg, "msg");
    this.withSlots(buffers, (first, sizes) =>
      this.router.send(windowName, form, text, first, sizes),
    );
    this.flushSoon();
  }

  /** Takes a frame from a window. Throws what the router refuses it with. */
  receive(endpoint: number, lanes: number, frame: string, attachments: readonly ArrayBuffer[]) {
    this.withSlots(attachments, (first, sizes) => {
      const route = (ask: boolean) => this.router.ingest(endpoint, lanes, frame, first, sizes, ask);
      const unknown = route(this.platform.resolves());
      if (unknown === null) return;
      this.platform.resolve(unknown);
      route(false);
    });
    this.flush();
  }

  /** Sends what can go, at the end of this turn of the event loop. */
  flushSoon() {
    if (this.scheduled) return;
    this.scheduled = true;
    // A microtask: what a turn sends to one window shares a frame, and no timer delays it.
    Promise.resolve().then(() => {
      this.scheduled = false;
      this.flush();
    });
  }

  private flush() {
    this.handleStranded();
    for (let frame = this.router.nextFrame(); frame !== null; frame = this.router.nextFrame()) {
      const attachments = frame.slots.length > 0 ? this.slab.get(frame.slots) : undefined;
      if (frame.endpoint === MAIN_ENDPOINT) this.handleAll(frame, attachments);
      else this.platform.deliver(frame.contents, frame.link, frame.text, attachments);
    }
    this.waitForHandler();
    if (this.slab.touched) this.slab.sweep(this.router.takeFreedSlots());
  }

  private handleAll(frame: Frame, attachments: ArrayBuffer[] = []) {
    const take = attachmentsOf(attachments);
    for (const record of JSON.parse(frame.text) as RequestRecord[]) {
      const [, endpoint, sender, id, form, payload] = record;
      const mine = take(form);
      const event = this.platform.eventOf(endpoint, sender ?? undefined);
      const handle = () => this.handleOne(event, endpoint, id, () => decode(form, payload, mine));
      this.stranded.push({ endpoint, id, handle });
    }
    this.handleStranded();
  }

  private handleStranded() {
    const requests = this.stranded;
    let handled = 0;
    while (this.handlers.any && handled < requests.length) {
      handled += 1;
      requests[handled - 1]?.handle();
    }
    this.stranded = requests.slice(handled);
  }

  private waitForHandler() {
    if (this.handlers.any) return;
    if (this.stranded.length > 0 || this.router.waitingRequests() > 0) this.handlerWait.start();
  }

  /** No handler came for the oldest requests: what stranded here, and `count` of the router's. */
  private giveUp(count: number) {
    const unheard = this.router.takeUnheardRequests(count);
    const refused = unheard ? (JSON.parse(unheard.text) as RequestRecord[]) : [];
    const waitMs = this.platform.handlerWaitMs();
    const error = failure(
      "ERR_NO_HANDLER",
      `sendMsgToMain: the main process called no onMsgFromRender within ${waitMs} ms`,
    );
    for (const { endpoint, id } of this.stranded.splice(0)) this.reply(endpoint, id, false, error);
    for (const [, endpoint, , id] of refused) this.reply(endpoint, id, false, error);
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

  private reply(endpoint: number, id: number, ok: boolean, value: unknown) {
    const { encoded, isAnswer } = encodeAnswer(value);
    const { form, text, buffers } = encoded;
    try {
      this.withSlots(buffers, (first, sizes) =>
        this.router.reply(endpoint, id, ok && isAnswer, form, text, first, sizes),
      );
    } catch (error) {
      // Not known to happen. If it does, it is one answer's end and not that of all behind it.
      console.error("electron-switchyard: an answer could not be sent:", error);
    }
    this.flushSoon();
  }

  /** Where the router refuses what names them, the slots are free again. */
  private withSlots(
    buffers: readonly ArrayBuffer[],
    route: (first: number, sizes: number[]) => unknown,
  ) {
    if (buffers.length === 0) return void route(0, NO_SIZES);
    const first = this.slab.put(buffers);
    try {
      route(
        first,
        buffers.map((buffer) => Math.min(buffer.byteLength, MAX_SIZE)),
      );
    } catch (error) {
      this.slab.free(buffers.map((_, i) => (first + i) >>> 0));
      throw error;
    }
  }
}

const NO_SIZES: number[] = [];
/** Sizes are counted in 32 bits; no bound is higher. */
const MAX_SIZE = 2 ** 32 - 1;

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === "function";
}

/** What a window sent may be anything: a payload that is none is its sender's error. */
function readable(msg: () => unknown): unknown {
  try {
    return msg();
  } catch (error) {
    throw failure("ERR_BAD_FRAME", `the message could not be read: ${partsOf(error).message}`);
  }
}

/** An answer that cannot be sent is an error for the asker, who would wait for ever otherwise. */
function encodeAnswer(value: unknown): { encoded: Encoded; isAnswer: boolean } {
  try {
    return { encoded: encode(value, "answer"), isAnswer: true };
  } catch (error) {
    return { encoded: encode(plain(error), "error"), isAnswer: false };
  }
}

/** Whatever a getter threw, as an error that can be sent. */
function plain(error: unknown): Error {
  const { message, code } = partsOf(error);
  const said = typeof message === "string" ? message : "the answer cannot be sent";
  return failure((typeof code === "string" ? code : "ERR_NOT_CLONEABLE") as Code, said);
}

function partsOf(error: unknown): { message?: unknown; code?: unknown } {
  try {
    const { message, code } = error as { message?: unknown; code?: unknown };
    return { message, code };
  } catch {
    return {};
  }
}
