import { Kind } from "../protocol/protocol";
import { addressOf, type DownRecord, nameOf } from "../requests";
import { type Client, type ConnectOptions, clientOf, optionsOf, Served } from "../services";
import { type CallEvent, callsOf } from "./calls";
import type { Endpoint } from "./endpoint";
import { type Here, NOTHING, partOf, useNames } from "./part";

type Invoked = Extract<DownRecord, [Kind.Invoked, ...unknown[]]>;

/** The services of this world. */
function servedOf(endpoint: Endpoint): Served<CallEvent> {
  return partOf(endpoint, "services", () => {
    const calls = callsOf(endpoint);
    const served = new Served<CallEvent>((service, isServed) => {
      endpoint.add(isServed ? Kind.Serve : Kind.Unserve, addressOf(service), NOTHING);
      calls.again();
    });
    endpoint.takers[Kind.Invoked] = ([, number, senderTag, service, method]: Invoked, read) => {
      calls.take(number, senderTag, read, () => served.handlerOf(service, method));
    };
    useNames(endpoint, () => served.again());
    return served;
  });
}

export function serve(here: Here, service: unknown, implementation: unknown): () => void {
  return servedOf(here("serve")).serve(service, implementation);
}

/** A client of a service of main, or of a window. */
export function connect(here: Here, service: unknown, options: ConnectOptions = {}): Client {
  const endpoint = here("connect");
  const name = nameOf("connect", "service", service);
  const [target, ask] = optionsOf(options);
  return clientOf(target, name, (address, args, title) =>
    endpoint.ask(title, ask, Kind.Invoke, address, args),
  );
}
