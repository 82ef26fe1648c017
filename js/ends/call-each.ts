/**
 * Calls each listener there is now. One that throws stops no other; its error is uncaught, as in
 * any event handler.
 */
export function callEach<Args extends unknown[]>(
  listeners: Iterable<(...args: Args) => void>,
  ...args: Args
) {
  for (const listener of [...listeners]) {
    try {
      listener(...args);
    } catch (error) {
      setTimeout(() => {
        throw error;
      });
    }
  }
}
