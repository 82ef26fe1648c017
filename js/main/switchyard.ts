import { type Encoded, encode } from "../codec";
import { failure } from "../errors";
import type { Code, Link } from "../protocol/protocol";
import type { Router } from "./binding";
import type { Handler } from "./handlers";
import { type Reply, type RequestPlatform, Requests } from "./requests";
import { Slab } from "./slab";

/** Hands a frame to a window's page; does nothing where that page is gone. */
export type Deliver = (
  contents: number,
  link: Link,
  frame: string,
  attachments: ArrayBuffer[],
) => void;

/** What the platform around provides; Electron, or a stand-in for fast tests. */
export interface Platform<Event> extends RequestPlatform<Event> {
  readonly deliver: Deliver;
  /** Whether unknown window names may be asked for with {@link Platform.resolve}. */
  readonly resolves: () => boolean;
  /** Registers the windows of these names, where they exist. Never throws. */
  readonly resolve: (names: readonly string[]) => void;
}

const MAIN_ENDPOINT = 0;

/** The main process's end of the wire, around the router. Knows no Electron. */
export class Switchyard<Event> {
  private readonly slab = new Slab();
  private readonly requests: Requests<Event>;
  private scheduled = false;

  constructor(
    readonly router: Router,
    private readonly platform: Platform<Event>,
  ) {
    const reply: Reply = (...answer) => this.reply(...answer);
    this.requests = new Requests(router, platform, reply, () => this.flushSoon());
  }

  handle(handler: Handler<Event>): () => void {
    return this.requests.add(handler);
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
    this.requests.handleWaiting();
    for (let frame = this.router.nextFrame(); frame !== null; frame = this.router.nextFrame()) {
      const attachments = this.slab.get(frame.slots);
      if (frame.endpoint === MAIN_ENDPOINT) this.requests.take(frame, attachments);
      else this.platform.deliver(frame.contents, frame.link, frame.text, attachments);
    }
    this.requests.waitForHandler();
    if (this.slab.touched) this.slab.sweep(this.router.takeFreedSlots());
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
