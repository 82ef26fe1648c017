import { failure } from "../errors";
import { encodeReason } from "../requests";
import type { Router } from "./binding";
import type { Flush } from "./flush";

/** Whom a late request asks: main, a window, or a method of a service by name. */
type Asked = 1 | 0 | string;

type Late = readonly [asker: number, id: number, timeoutMs: number, asked: Asked];

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
    const json = this._router.lateRequests(now);
    const [next, ...late] = JSON.parse(json) as [next: number, ...late: Late[]];
    this._wakeIn(next < 0 ? Number.POSITIVE_INFINITY : next, now);
    for (const each of late) this._end(each);
    if (late.length > 0) this._flush.soon();
  }

  /** The asker knows what it called; the handler gets the reason from here. */
  private _end([asker, id, timeoutMs, asked]: Late) {
    const reason = failure("ERR_TIMEOUT", `${callOf(asked)}: no answer within ${timeoutMs} ms`);
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

function callOf(asked: Asked): string {
  if (typeof asked === "string") return asked;
  return asked === 1 ? "sendMsgToMain" : "callOtherRender";
}

/** In ms; it never goes back, whatever the time of day does. */
function clock(): number {
  return Math.floor(process.uptime() * 1000);
}
