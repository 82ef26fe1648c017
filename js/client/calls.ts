import { failure, requireFunction } from "../errors";
import { type CallNumber, Kind, Lane, type SenderTag } from "../protocol/protocol";
import {
  answerOf,
  Callbacks,
  type DownRecord,
  type Handler,
  IncomingRequest,
  IncomingRequests,
  type Nack,
  type Sender,
  senderOf,
} from "../requests";
import type { Endpoint } from "./endpoint";
import { type Here, partOf } from "./part";

/** The event of a call, for its handlers. */
export interface CallEvent extends Sender {
  readonly fromMain: boolean;
  readonly signal: AbortSignal;
}

type CallHandler = Handler<CallEvent>;
type Called = Extract<DownRecord, [Kind.Call | Kind.Abort, ...unknown[]]>;

/** The calls that this world handles: those of onCall, and those of services. */
export interface Calls {
  /** Adds a handler of calls. */
  handle(handler: CallHandler): () => void;
  /** Handles a call. `handlerNow`: its handler if there is one; by default, all of onCall. */
  take(
    number: number,
    senderTag: SenderTag,
    read: () => unknown,
    handlerNow?: () => CallHandler | false | undefined,
  ): void;
  /** Calls that wait look again whether there is a handler, and whether they were cancelled. */
  again(): void;
}

/** How long a call waits for the next handler, in milliseconds: the default of `handlerWaitMs`. */
const MAX_GAP_MS = 5000;

export function callsOf(endpoint: Endpoint): Calls {
  return partOf(endpoint, "calls", () => newCalls(endpoint));
}

function newCalls(endpoint: Endpoint): Calls {
  const { takers } = endpoint;
  const handlers = new Callbacks<CallHandler>((hasAny) => {
    endpoint.listenTo(hasAny ? Lane.Requests : 0);
    again();
  });
  const incoming = new IncomingRequests((number, ok, answer) =>
    endpoint.add(Kind.Answer, `[${number},${ok ? 1 : 0}]`, answer),
  );
  /**
   * Wakes the calls that came after their handler was removed, because main learns of that later. As messages do,
   * they wait for the next one: a bundler that replaces a module removes its handlers before it adds the new ones.
   */
  const waiting: (() => void)[] = [];
  const again = () => {
    for (const wake of waiting.splice(0)) wake();
  };
  const ofAdded: CallHandler = (event, msg) => answerOf(handlers._all, event, msg);
  const take: Calls["take"] = (
    number,
    senderTag,
    read,
    handlerNow = () => handlers._hasAny && ofAdded,
  ) => {
    const request = new IncomingRequest(number, () => new AbortController());
    const event = Object.freeze({
      ...senderOf(senderTag),
      fromMain: senderTag === 0,
      get signal() {
        return request.signal;
      },
    });
    const wait: CallHandler = async (_, msg) => {
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        again();
      }, MAX_GAP_MS);
      while (!handlerNow() && !request._cancelled) {
        if (isLate) throw failure("ERR_NO_HANDLER", "the handler was removed, and no other came");
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      clearTimeout(timer);
      return request._cancelled || (handlerNow() as CallHandler)(event, msg);
    };
    incoming._handle(request, event, read, handlerNow() || wait);
  };
  takers[Kind.Call] = ([, number, senderTag]: Called, read) =>
    take(number, senderTag as SenderTag, read);
  const cancel = (number: number, read: () => unknown) => {
    incoming._cancel(number, read);
    again();
  };
  takers[Kind.Abort] = ([, number]: Called, read) => cancel(number, read);
  takers[Kind.Nack] = ([, [number], code, reason, , sentence]: Nack<CallNumber>) =>
    cancel(number, () => failure(code, `the asker has ended: ${sentence}`, { reason }));
  return { handle: (handler) => handlers.add(handler), take, again };
}

export function onCall(here: Here, callback: unknown): () => void {
  requireFunction("onCall", callback);
  return callsOf(here("onCall")).handle(callback as CallHandler);
}
