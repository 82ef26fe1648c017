import type { Router } from "./binding";
import type { Platform } from "./platform";

/** Ends the wait of requests for which no handler comes. Runs no timer while none waits. */
export class HandlerWait {
  /** The number up to which the last timer looks after requests. */
  private _noted = -1;
  private readonly _timers = new Set<NodeJS.Timeout>();

  /** `_expired` ends the wait of requests with a number below `before`, after `waitedMs`. */
  constructor(
    private readonly _router: Router,
    private readonly _platform: Pick<Platform<never>, "handlerWaitMs">,
    private readonly _expired: (before: number, waitedMs: number) => void,
  ) {}

  /** To be called whenever requests may have begun to wait. */
  start() {
    const before = this._router.nextRequestNumber();
    if (before === this._noted) return;
    this._noted = before;
    const waitMs = this._platform.handlerWaitMs();
    // It runs also if a handler comes before, and finds nothing that waits then.
    const timer = setTimeout(() => {
      this._timers.delete(timer);
      // A request that still waits then has a handler that is busy, and that may yet be removed.
      if (this._noted === before) this.restart();
      this._expired(before, waitMs);
    }, waitMs);
    this._timers.add(timer);
  }

  /** Ends the timers. */
  stop() {
    for (const timer of this._timers) clearTimeout(timer);
  }

  /** From now on requests may wait that a timer was for already, and that were handed out since. */
  restart() {
    this._noted = -1;
  }
}
