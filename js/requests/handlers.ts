import { Callbacks } from "./callbacks";

/** Handles a request: what it returns or resolves to is the answer, undefined for none. */
export type Handler<Event> = (event: Event, msg: unknown) => unknown;

/** The handlers of requests, asked in the order in which they were added. */
export class Handlers<Event> extends Callbacks<Handler<Event>> {
  /**
   * The first answer that is not undefined; a promise where a handler gives one. Every handler
   * gets the message, also after the one that answers.
   */
  _answer(event: Event, msg: unknown): unknown {
    const { _all: handlers } = this;
    const only = handlers.length === 1 && handlers[0];
    if (only) return only(event, msg);
    // One promise each: a thenable such as a query runs as often as it is awaited.
    return firstOf(handlers.map(async (each) => each(event, msg)));
  }
}

async function firstOf(answers: readonly Promise<unknown>[]): Promise<unknown> {
  // Those behind the one that answers are nobody's to await; they must not count as unhandled.
  Promise.allSettled(answers);
  for (const answer of answers) {
    const value = await answer;
    if (value !== undefined) return value;
  }
  return undefined;
}
