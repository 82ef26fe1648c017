/** Handles a request. The answer is what it returns or resolves to; undefined is no answer. */
export type Handler<Event> = (event: Event, msg: unknown) => unknown;

/**
 * The first answer that is not undefined, or a promise of it. Every handler gets the message, also
 * those after the one that answers.
 */
export function answerOf<Event>(
  handlers: readonly Handler<Event>[],
  event: Event,
  msg: unknown,
): unknown {
  const only = handlers.length === 1 && handlers[0];
  if (only) return only(event, msg);
  // Each is awaited once, because a thenable such as a query runs each time that it is awaited.
  return firstOf(handlers.map(async (each) => each(event, msg)));
}

async function firstOf(answers: readonly Promise<unknown>[]): Promise<unknown> {
  // The loop does not await those after the answer. Their rejections must not count as unhandled.
  Promise.allSettled(answers);
  for (const answer of answers) {
    const value = await answer;
    if (value !== undefined) return value;
  }
  return undefined;
}
