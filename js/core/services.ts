import { describe, failure } from "../errors";
import { Kind } from "../protocol/protocol";
import { addressOf, type Handler, nameOf, type OutgoingRequests } from "../requests";
import { type Client, type ConnectOptions, clientOf, optionsOf, Served } from "../services";
import type { Router } from "./binding";
import type { HandlerWait } from "./handler-wait";
import type { Lender } from "./lender";
import type { OwnRecords } from "./own-records";

/** How many services an error names. */
const MAX_NAMED = 20;

/** The services that main serves, and main's calls of services: its own and those of windows. */
export class Services<Event> {
  private readonly _served: Served<Event>;
  private readonly _names = new Set<string>();
  /** The router's numbers of those that main serves, as far as they were asked for. */
  private readonly _numbers = new Map<string, number>();

  constructor(
    private readonly _router: Router,
    private readonly _own: OwnRecords,
    private readonly _lender: Lender,
    private readonly _outgoing: OutgoingRequests,
    private readonly _handlerWait: HandlerWait,
  ) {
    this._served = new Served((service, isServed) => this._changed(service, isServed));
  }

  serve(service: unknown, implementation: unknown): () => void {
    return this._served.serve(service, implementation);
  }

  /** A client. `before` is called with the name of the window, before each call of a window's service. */
  connect(
    service: unknown,
    options: ConnectOptions = {},
    before: (windowName: string) => void = () => undefined,
  ): Client {
    const name = nameOf("connect", "service", service);
    const [target, ask] = optionsOf(options);
    return clientOf(target, name, (address, args, title) =>
      this._outgoing._start(title, ask, (_, id) => {
        if (target !== 0) before(target);
        this._lender.lend(args, (line) =>
          this._own.send(Kind.Invoke, `[${id},${address}]`, args, line),
        );
      }),
    );
  }

  /** Whether main serves a service. */
  has(service: string): boolean {
    return this._names.has(service);
  }

  /** The handler of a call, if main serves. Its message is the array of the arguments. */
  handlerOf(service: string, method: string): Handler<Event> | undefined {
    return this._served.handlerOf(service, method);
  }

  /** The router's number of a service that main serves, for the admission of single calls. 0 if it has none. */
  numberOf(service: string): number {
    if (!this.has(service)) return 0;
    const known = this._numbers.get(service) ?? this._router.mainService(service);
    this._numbers.set(service, known);
    return known;
  }

  /** The error of a call whose service main did not serve in time. */
  unserved(service: string, method: string, waitedMs: number): Error {
    const names = [...this._names].sort();
    const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : "";
    const served = names.slice(0, MAX_NAMED).map(describe).join(", ") + more || "nothing";
    return failure(
      "ERR_NO_HANDLER",
      `${service}.${method}: no one serves ${describe(service)} in the main process within ${waitedMs} ms (handlerWaitMs); it serves ${served}`,
    );
  }

  private _changed(service: string, isServed: boolean) {
    // The service may get another number, and the number another service.
    this._numbers.delete(service);
    if (isServed) this._names.add(service);
    else this._names.delete(service);
    this._own.send(isServed ? Kind.Serve : Kind.Unserve, addressOf(service));
    if (isServed) this._handlerWait.restart();
  }
}

/** Throws if the options are invalid. They are as they are now: later changes do nothing. */
