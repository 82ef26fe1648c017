import { type Encoded, encode } from "../codec";
import { failure } from "../errors";
import { Handlers } from "./handlers";
import { aborted, readOr } from "./reason";

/** Makes a signal's controller. */
export type AbortSource = () => AbortController;

/** Sends the answer to a request, or an error in its place. */
export type SendAnswer<Key> = (key: Key, ok: boolean, answer: Encoded) => void;

/** One request while its handlers are at work. */
interface Running {
  controller?: AbortController;
  /** Why nobody waits for the answer any more. */
  lost?: { readonly reason: unknown };
}

/** The answerer's side: runs the handlers of requests, which are told apart by a key. */
export class Answering<Key, Event> {
  readonly handlers: Handlers<Event>;
  /** The requests that handlers are at work at. */
  readonly running = new Map<Key, Running>();

  /** `changed` hears whether there is a handler, when that changes. */
  constructor(
    private readonly source: AbortSource,
    private readonly send: SendAnswer<Key>,
    changed: (any: boolean) => void,
  ) {
    this.handlers = new Handlers(changed);
  }

  /** `lost`: why nobody waits for the answer already, if that is so. */
  handle(
    key: Key,
    eventOf: (signal: () => AbortSignal) => Event,
    read: () => unknown,
    lost?: unknown,
  ) {
    const running: Running = lost ? { lost: { reason: lost } } : {};
    this.running.set(key, running);
    const settle = (ok: boolean, value: unknown) => {
      this.running.delete(key);
      if (!running.lost) this.answer(key, ok, value);
    };
    try {
      if (!this.handlers.any) throw failure("ERR_NO_HANDLER", "the handler was removed");
      const event = eventOf(() => this.signalOf(running));
      const answer = this.handlers.answer(event, readable(read));
      if (!isThenable(answer)) return settle(true, answer);
      Promise.resolve(answer).then(
        (value) => settle(true, value),
        (error) => settle(false, error),
      );
    } catch (error) {
      settle(false, error);
    }
  }

  /** Nobody waits for the answer any more, for a reason that may turn out to be unreadable. */
  abort(key: Key, read: () => unknown) {
    const running = this.running.get(key);
    if (!running) return;
    const reason = readOr(read, aborted);
    running.lost = { reason };
    if (running.controller) abortWith(running.controller, reason);
  }

  /** An answer that cannot be sent is an error for the asker, who would wait for ever otherwise. */
  answer(key: Key, ok: boolean, value: unknown) {
    let encoded: Encoded;
    try {
      encoded = encode(value, "answer");
    } catch (error) {
      ok = false;
      encoded = encodeError(error);
    }
    this.send(key, ok, encoded);
  }

  /** Made when it is asked for: most handlers do not. */
  private signalOf(running: Running): AbortSignal {
    if (!running.controller) {
      running.controller = this.source();
      if (running.lost) abortWith(running.controller, running.lost.reason);
    }
    return running.controller.signal;
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === "function";
}

/** What another process sent may be anything: a payload that is none is its sender's error. */
function readable(read: () => unknown): unknown {
  return readOr(read, () => {
    throw failure("ERR_BAD_FRAME", "the message could not be read");
  });
}

function encodeError(error: unknown): Encoded {
  try {
    return encode(error, "error");
  } catch {
    // Whatever a getter threw.
    return encode(failure("ERR_NOT_CLONEABLE", "the answer cannot be sent"), "error");
  }
}

/** Before Chrome 98 and Node 17.2, abort takes no reason and signals have none. */
function abortWith(controller: AbortController, reason: unknown) {
  const { signal } = controller;
  if (!("reason" in signal)) Object.defineProperty(signal, "reason", { value: reason });
  controller.abort(reason);
}
