/** Hardly anything in here survives JSON. */
exports.richValue = () => ({
  date: new Date(Date.UTC(2026, 0, 31, 12)),
  map: new Map([["a", 1]]),
  set: new Set([1, "two"]),
  bytes: new Uint8Array([1, 2, 255]),
  nothing: undefined,
  notANumber: Number.NaN,
});

/** Nothing can carry a function to another process. */
exports.unclonable = () => ({ items: [1, () => "one"] });
