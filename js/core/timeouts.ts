import { failure } from "../errors";
import { encodeReason } from "../requests";
import type { Router } from "./binding";
import type { Flush } from "./flush";

/** How many numbers the router gives for each request that is late, after the first of all. */
const OF_EACH = 4;

/**
 * Ends the requests of pages when their `timeoutMs` is over. A page has timers for that as well, but
 * the timers of a hidden page may wake once a minute. While such a request is open, there is one
 * timer here.
 */
export class Timeouts {
  private _timer: NodeJS.Timeout | undefined;
  /** When it wakes, by the {@link clock}. */
  private _wakesAt = Number.POSITIVE_INFINITY;

  constructor(
    private readonly _router: Router,
    private readonly _flush: Flush,
  ) {}

  /** To be called when the router wants to know what the clock shows. */
  check() {
    const now = clock();
    const [next = -1, ...late] = this._router.lateRequests(now);
    this._wakeIn(next < 0 ? Number.POSITIVE_INFINITY : next, now);
    for (let i = 0; i < late.length; i += OF_EACH) {
      const [asker, id, timeoutMs, toMain] = late.slice(i, i + OF_EACH) as [
        number,
        number,
        number,
        number,
      ];
      this._end(asker, id, timeoutMs, toMain === 1);
    }
    if (late.length > 0) this._flush.soon();
  }

  /** The asker knows what it called; the handler gets the reason from here. */
  private _end(asker: number, id: number, timeoutMs: number, toMain: boolean) {
    const call = toMain ? "sendMsgToMain" : "callOtherRender";
    const reason = failure("ERR_TIMEOUT", `${call}: no answer within ${timeoutMs} ms`);
    const { form, text } = encodeReason(reason);
    this._router.timeOut(asker, id, timeoutMs, form, text);
  }

  private _wakeIn(ms: number, now: number) {
    if (now + ms === this._wakesAt) return;
    this._wakesAt = now + ms;
    clearTimeout(this._timer);
    if (ms === Number.POSITIVE_INFINITY) return;
    this._timer = setTimeout(() => {
      this._wakesAt = Number.POSITIVE_INFINITY;
      this.check();
    }, ms);
    // A process that has nothing else to do may end.
    this._timer.unref();
  }
}

/** In ms; it never goes back, whatever the time of day does. */
function clock(): number {
  return Math.floor(process.uptime() * 1000);
}
