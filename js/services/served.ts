import { describe, failure } from "../errors";
import { type Handler, nameOf } from "../requests";
import { isObject, methodList, methodOf, requireImplementation } from "./methods";

/** An object with methods, or a function that returns one for each call. */
type Implementation = object | ((event: unknown) => unknown);

/** An entry for one call of serve: the same implementation may be served twice. */
type Service = readonly [implementation: Implementation];

/** The services of one endpoint. */
export class Served<Event> {
  private readonly _services = new Map<string, Service>();

  /** `_changed` is called when a service comes that was not there, and when one goes. */
  constructor(private readonly _changed: (service: string, isServed: boolean) => void) {}

  /**
   * Serves a name. If it is served already, the later implementation replaces the earlier one for the calls that
   * come from now on, and the earlier Undo does nothing.
   */
  serve(service: unknown, implementation: unknown): () => void {
    const name = nameOf("serve", "service", service);
    requireImplementation(implementation);
    const { _services: services } = this;
    const isNew = !services.has(name);
    const mine: Service = [implementation];
    services.set(name, mine);
    if (isNew) this._changed(name, true);
    return () => {
      if (services.get(name) !== mine) return;
      services.delete(name);
      this._changed(name, false);
    };
  }

  /** The router has a new endpoint: serves all services again. */
  again() {
    for (const service of this._services.keys()) this._changed(service, true);
  }

  /** The handler of a call, if the service is served. Its message is the array of the arguments. */
  handlerOf(service: string, method: string): Handler<Event> | undefined {
    const found = this._services.get(service);
    if (!found) return undefined;
    const [given] = found;
    return (event, args) => {
      if (!Array.isArray(args)) throw failure("ERR_BAD_PACKET", "the arguments are no array");
      const object = typeof given === "function" ? given(event) : given;
      const call = isObject(object) && methodOf(object, method);
      if (!call) throw noMethod(service, method, object);
      return Reflect.apply(call, object, args);
    };
  }
}

function noMethod(service: string, method: string, object: unknown): Error {
  const has = isObject(object)
    ? `it has ${methodList(object)}`
    : `its function returned ${describe(object)}`;
  return failure(
    "ERR_NO_METHOD",
    `service ${describe(service)} has no method ${describe(method)}: ${has}`,
  );
}
