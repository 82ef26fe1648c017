const { HANDLER_WAIT_MS, now } = require("./calls");

/** Timers may come a millisecond early. */
const LEAST_WAIT_MS = HANDLER_WAIT_MS - 2;

/** How long main is at work, at most, at what has waited for its handler. */
const CATCHING_UP_MS = 300;

/**
 * Main's handler, which leaves for a time. A request that waits for it is answered when it is back;
 * it is refused only if it waited for `handlerWaitMs`, and nobody handled for so long.
 */
class Absences {
  /** `handle` adds main's handler, and returns what removes it. */
  constructor(handle) {
    this.handle = handle;
    this.leave = handle();
    this.since = undefined;
    this.last = undefined;
    this.longestMs = 0;
  }

  get isAbsent() {
    return this.since !== undefined;
  }

  /** For so many milliseconds. */
  begin(ms) {
    this.leave();
    this.since = now();
    this.timer = setTimeout(() => this.end(), ms);
  }

  end() {
    if (!this.isAbsent) return;
    clearTimeout(this.timer);
    this.longestMs = Math.max(this.longestMs, now() - this.since);
    this.last = { since: this.since, end: now() };
    this.since = undefined;
    this.leave = this.handle();
  }

  /** When what main hears now may have been sent. */
  get heardSince() {
    const { last } = this;
    return last && now() - last.end < CATCHING_UP_MS ? last.since : now();
  }

  /** A document tells how a request of its ended. */
  judge({ id }, { n, refused, waitedMs }) {
    if (!refused) return;
    const longestMs = this.isAbsent ? now() - this.since : this.longestMs;
    const isRight = refused === "ERR_NO_HANDLER" && waitedMs >= LEAST_WAIT_MS;
    if (isRight && longestMs >= LEAST_WAIT_MS) return;
    const absent = `main's handler was away for ${longestMs} ms`;
    throw new Error(`${id}'s request ${n} was refused: ${refused} after ${waitedMs} ms; ${absent}`);
  }
}

module.exports = { Absences };
