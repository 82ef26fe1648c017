import { type Encoded, encodeArguments } from "../codec";
import { MAX_LENGTH } from "../errors";
import { nameOf } from "../requests";
import { errorOfCall } from "./arguments";

/** Sends a call. `address`: the JSON of its target, service and method, without brackets. `title`: `files.read`, for errors. */
export type Invoke = (address: string, args: Encoded, title: string) => Promise<unknown>;

/** Each method of a service, as a function that calls it. */
export type Client = Readonly<Record<string, (...args: unknown[]) => Promise<unknown>>>;

/**
 * Members that `await`, JSON.stringify, test libraries and Vue read of any object. They are no methods, because a
 * function in their place would be called.
 */
const READ_BY_TOOLS = /^(?:then|toJSON|asymmetricMatch|__.*)$/;

/**
 * A client of a service. Any name of a method is right here, because only the server knows the methods. A
 * method always returns a promise: if its arguments cannot be sent, the promise rejects. `target`: 0 for
 * main, or the name of a window.
 */
export function clientOf(target: number | string, service: string, invoke: Invoke): Client {
  const methods: Record<string, Client[string]> = { __proto__: null } as never;
  const methodOf = (method: string) => {
    const title = `${service.slice(0, MAX_LENGTH)}.${method.slice(0, MAX_LENGTH)}`;
    let address: string | undefined;
    return (...args: unknown[]) => {
      try {
        // At the first call: a read of the method throws nothing.
        address ??= JSON.stringify([target, service, nameOf(title, "method", method)]).slice(1, -1);
        // No promise around this one, because each makes what awaits the answer go on later.
        return invoke(address, encodeArguments(args), title);
      } catch (error) {
        return Promise.reject(errorOfCall(title, error));
      }
    };
  };
  // An object of a class without members: the codec rejects it, so no message can hold a client.
  const memberless = Object.create({ __proto__: null, [Symbol.toStringTag]: "Client" });
  return new Proxy(Object.freeze(memberless), {
    get(_, key) {
      if (typeof key !== "string" || READ_BY_TOOLS.test(key)) return undefined;
      methods[key] ??= methodOf(key);
      return methods[key];
    },
  });
}
