const { show } = require("./show");

/** A handler that only waits until nobody waits for it any more; then it tells why. */
exports.aborted = (signal, tell) =>
  new Promise(() => {
    signal.addEventListener("abort", () => tell(`aborted: ${show(signal.reason)}`));
  });
