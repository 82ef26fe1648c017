/** Calls each listener. One that throws stops no other. */
export function callEach<Argument>(
  listeners: readonly ((argument: Argument) => void)[],
  argument: Argument,
) {
  for (const listener of listeners) {
    try {
      listener(argument);
    } catch (error) {
      throwLater(error);
    }
  }
}

/** A listener's error is uncaught, as in any event handler. */
export function throwLater(error: unknown) {
  setTimeout(() => {
    throw error;
  });
}
