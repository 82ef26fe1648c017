import { Roster } from "./roster";

/** Handles a request: what it returns or resolves to is the answer, undefined for none. */
export type Handler<Event> = (event: Event, msg: unknown) => unknown;

/** The handlers of requests, asked in the order in which they were added. */
export class Handlers<Event> extends Roster<Handler<Event>> {
  /**
   * The first answer that is not undefined; a promise where a handler gives one. Every handler
   * gets the message, also after the one that answers.
   */
  answer(event: Event, msg: unknown): unknown {
    const { members } = this;
    const only = members.length === 1 && members[0];
    if (only) return only(event, msg);
    return firstOf(members.map((each) => outcome(each, event, msg)));
  }
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

function outcome<Event>(handler: Handler<Event>, event: Event, msg: unknown): Outcome {
  try {
    return { value: handler(event, msg) };
  } catch (error) {
    return { error };
  }
}

function settle(outcome: Outcome): unknown {
  if ("error" in outcome) throw outcome.error;
  return outcome.value;
}

async function firstOf(answers: readonly Outcome[]): Promise<unknown> {
  // One promise each: a thenable such as a query runs as often as it is awaited.
  const promises = answers.map(async (answer) => settle(answer));
  // Those behind the one that answers are nobody's to await; they must not count as unhandled.
  for (const promise of promises) promise.catch(() => undefined);
  for (const promise of promises) {
    const value = await promise;
    if (value !== undefined) return value;
  }
  return undefined;
}
