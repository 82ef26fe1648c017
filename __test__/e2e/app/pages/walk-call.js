/** How a call of a random walk begins and ends; a page's script and a module of main. */
(() => {
  /** Calls with what `msg.how` says; resolves to what became of it. */
  function start(call, msg) {
    const { timeoutMs, abortMs } = msg.how;
    const options = timeoutMs === undefined ? {} : { timeoutMs };
    if (abortMs !== undefined) {
      const controller = new AbortController();
      options.signal = controller.signal;
      if (abortMs === 0) controller.abort();
      else setTimeout(() => controller.abort(), abortMs);
    }
    return call(msg, options).then((answer) => ({ end: "answer", answer }), endOf);
  }

  function endOf(error) {
    const { name, code, reason, answer, message } = error;
    if (answer) return { end: "error", answer };
    const end = name === "AbortError" ? "abort" : code;
    return { end, reason, message, isGivenUp: end === "abort" || end === "ERR_TIMEOUT" };
  }

  globalThis.walkCall = { start };
})();
