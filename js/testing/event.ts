import { failure } from "../errors";
import type { IncomingRequest, Sender } from "../requests";

/** The event of a handler of main. It has what Electron's event has without Electron. */
export class TestEvent {
  readonly windowName: string | undefined;
  /** Truly private: tests compare events. */
  readonly #request: IncomingRequest;

  constructor(
    sender: Sender,
    readonly origin: string,
    request: IncomingRequest,
  ) {
    this.windowName = sender.windowName;
    this.#request = request;
  }

  get signal(): AbortSignal {
    return this.#request.signal;
  }

  get sender(): never {
    throw ofElectron("sender");
  }

  get senderFrame(): never {
    throw ofElectron("senderFrame");
  }

  get frameId(): never {
    throw ofElectron("frameId");
  }

  get processId(): never {
    throw ofElectron("processId");
  }
}

function ofElectron(member: string): Error {
  const message = `event.${member} is Electron's, and testApp has no Electron; event.windowName and event.origin say who sent the message`;
  return failure("ERR_WRONG_PROCESS", message);
}
