/**
 * Comes before all else in a world, and notes in `wakes` what is asked of a clock there and what
 * comes due, and what is posted to main.
 */
(() => {
  const CLOCKS = [
    "setTimeout",
    "setInterval",
    "setImmediate",
    "requestAnimationFrame",
    "requestIdleCallback",
  ];
  const wakes = [];

  for (const name of CLOCKS) {
    const original = globalThis[name];
    if (typeof original !== "function") continue;
    globalThis[name] = (callback, ...rest) => {
      wakes.push(name);
      const due = (...args) => {
        wakes.push(`${name} comes due`);
        callback(...args);
      };
      return original.call(globalThis, due, ...rest);
    };
  }

  const { postMessage } = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (...args) {
    wakes.push("postMessage");
    return postMessage.apply(this, args);
  };

  globalThis.wakes = wakes;
})();
