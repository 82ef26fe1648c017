// Not a test: what would be uncaught.

/** The errors that timers throw, in a list of their own while the test runs. */
export function catchUncaught(t) {
  const errors = [];
  const { setTimeout } = globalThis;
  t.mock.method(globalThis, "setTimeout", (act, ...rest) =>
    setTimeout(
      (...args) => {
        try {
          act(...args);
        } catch (error) {
          errors.push(error);
        }
      },
      ...rest,
    ),
  );
  return errors;
}
