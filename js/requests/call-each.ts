/**
 * Calls each listener. One that throws stops no other; its error is uncaught, as in any event
 * handler.
 */
export function callEach<Args extends [first?: unknown, second?: unknown]>(
  listeners: readonly ((...args: Args) => void)[],
  ...args: Args
): void;
export function callEach(
  listeners: readonly ((first: unknown, second: unknown) => void)[],
  first: unknown,
  second: unknown,
) {
  for (const listener of listeners) {
    try {
      listener(first, second);
    } catch (error) {
      setTimeout(() => {
        throw error;
      });
    }
  }
}
