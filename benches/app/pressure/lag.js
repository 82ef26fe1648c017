const { performanceNow } = require("../time");

/** How often is looked, in milliseconds. */
const TICK = 1;

/**
 * How late main's event loop is: a timer is set again and again, and how long it comes after its
 * time is noted. Whatever keeps the loop busy, Chromium's tasks or Node's, makes it late.
 */
class LagMeter {
  constructor() {
    this.lags = [];
    this.set();
  }

  set() {
    const due = performanceNow() + TICK;
    this.timer = setTimeout(() => {
      this.lags.push(Math.max(0, performanceNow() - due));
      this.set();
    }, TICK);
  }

  /** In milliseconds. */
  stop() {
    clearTimeout(this.timer);
    return { p99: percentile(this.lags, 99), longest: percentile(this.lags, 100) };
  }
}

/** The least value that so many percent of all do not exceed. */
function percentile(values, percent) {
  const sorted = values.slice().sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)];
}

module.exports = { LagMeter, percentile };
