import type { Router } from "./binding";

/** Ends the wait of requests for which no handler comes. Runs no timer while none waits. */
export class HandlerWait {
  /** The number up to which the last timer looks after requests. */
  private noted = -1;

  /** `expired` hears that requests below a number have waited for so many milliseconds. */
  constructor(
    private readonly router: Router,
    private readonly waitMs: () => number,
    private readonly expired: (before: number, waitedMs: number) => void,
  ) {}

  /** To be called whenever requests may have begun to wait. */
  start() {
    const before = this.router.requestMark();
    if (before === this.noted) return;
    this.noted = before;
    const waitMs = this.waitMs();
    // It is let run when a handler comes: it then finds nothing that waits.
    setTimeout(() => {
      // What still waits then has a handler that is busy, and which may yet leave.
      if (this.noted === before) this.restart();
      this.expired(before, waitMs);
    }, waitMs);
  }

  /** What waits from now on may have been looked after already, and handed out since. */
  restart() {
    this.noted = -1;
  }
}
