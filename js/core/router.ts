import { failure } from "../errors";
import type { Code } from "../protocol/protocol";
import type { Router } from "./binding";

type Method = (...args: never[]) => unknown;

/** A router whose methods are what `changed` makes of them. */
export function routerWith(router: Router, changed: (method: Method) => Method): Router {
  const made: Record<string, unknown> = {};
  const known = router as unknown as Record<string, Method>;
  for (const name of namesOf(router)) made[name] = changed((known[name] as Method).bind(router));
  return made as unknown as Router;
}

/** A router has them from its class, or as its own. */
function namesOf(router: Router): readonly string[] {
  const own = Object.keys(router);
  if (own.length > 0) return own;
  const all = Object.getOwnPropertyNames(Object.getPrototypeOf(router));
  return all.filter((name) => name !== "constructor");
}

/** Rust's errors have a code and a sentence. Each becomes an error of this package. */
export function ownError(error: unknown): Error {
  const { code, message } = error as { code: Code; message: string };
  return failure(code, message);
}

export function withOwnErrors<Call extends Method>(call: Call): Call {
  const calling: Method = (...args) => {
    try {
      return call(...args);
    } catch (error) {
      throw ownError(error);
    }
  };
  return calling as Call;
}
