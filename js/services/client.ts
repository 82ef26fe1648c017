import type { Encoded } from "../codec";
import { MAX_LENGTH } from "../errors";
import { nameOf } from "../requests";
import { encodeArguments } from "./arguments";

/** Sends a call of a method. `title`: `files.read`, for errors. */
export type Invoke = (method: string, args: Encoded, title: string) => Promise<unknown>;

/** Each method of a service, as a function that calls it. */
export type Client = Readonly<Record<string, (...args: unknown[]) => Promise<unknown>>>;

/**
 * Members that `await`, JSON.stringify, test libraries and Vue read of any object. They are no methods, because a
 * function in their place would be called.
 */
const READ_BY_TOOLS = /^(?:then|toJSON|asymmetricMatch|__.*)$/;

/**
 * A client of a service. Any name of a method is right here, because only the server knows the methods. A
 * method always returns a promise: if its arguments cannot be sent, the promise rejects.
 */
export function clientOf(service: string, invoke: Invoke): Client {
  const methods = new Map<string, (...args: unknown[]) => Promise<unknown>>();
  const methodOf =
    (method: string) =>
    (...args: unknown[]) => {
      try {
        const title = `${service.slice(0, MAX_LENGTH)}.${method.slice(0, MAX_LENGTH)}`;
        const name = nameOf(title, "method", method);
        // No promise around this one, because each makes what awaits the answer go on later.
        return invoke(name, encodeArguments(title, args), title);
      } catch (error) {
        return Promise.reject(error);
      }
    };
  // An object of a class without members: the codec rejects it, so no message can hold a client.
  const target = Object.create({ __proto__: null, [Symbol.toStringTag]: "Client" });
  return new Proxy(Object.freeze(target), {
    get(_, key) {
      if (typeof key !== "string" || READ_BY_TOOLS.test(key)) return undefined;
      if (!methods.has(key)) methods.set(key, methodOf(key));
      return methods.get(key);
    },
  });
}
