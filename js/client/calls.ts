import { failure, requireFunction } from "../errors";
import { type CallNumber, Kind, Lane, type SenderTag } from "../protocol/protocol";
import {
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
  /** Handles a call. `handlers`: those that were added, by default. */
  take(
    number: number,
    senderTag: SenderTag,
    read: () => unknown,
    handlers?: readonly CallHandler[],
  ): void;
}

export function callsOf(endpoint: Endpoint): Calls {
  return partOf(endpoint, "calls", () => newCalls(endpoint));
}

function newCalls(endpoint: Endpoint): Calls {
  const { takers } = endpoint;
  const incoming = new IncomingRequests<CallEvent>(
    (number, ok, answer) => endpoint.add(Kind.Answer, `[${number},${ok ? 1 : 0}]`, answer),
    new Callbacks((hasAny) => endpoint.listenTo(hasAny ? Lane.Requests : 0)),
  );
  const take: Calls["take"] = (number, senderTag, read, handlers) => {
    const request = new IncomingRequest(number, () => new AbortController());
    const event = Object.freeze({
      ...senderOf(senderTag),
      fromMain: senderTag === 0,
      get signal() {
        return request.signal;
      },
    });
    incoming._handle(request, event, read, handlers);
  };
  takers[Kind.Call] = ([, number, senderTag]: Called, read) =>
    take(number, senderTag as SenderTag, read);
  takers[Kind.Abort] = ([, number]: Called, read) => incoming._cancel(number, read);
  takers[Kind.Nack] = ([, [number], code, reason, , sentence]: Nack<CallNumber>) => {
    const error = failure(code, `the asker has ended: ${sentence}`, { reason });
    incoming._cancel(number, () => error);
  };
  return { handle: (handler) => incoming._handlers.add(handler), take };
}

export function onCall(here: Here, callback: unknown): () => void {
  requireFunction("onCall", callback);
  return callsOf(here("onCall")).handle(callback as CallHandler);
}
