const { percentile } = require("../percentile");
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

module.exports = { LagMeter, percentile };
