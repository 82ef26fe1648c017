import type { Router } from "./binding";

type Timer = ReturnType<typeof setTimeout>;

/** Ends the wait of requests for which no handler comes. Runs no timer while none waits. */
export class HandlerWait {
  private readonly timers = new Set<Timer>();
  /** How many requests there had been when the last timer was started. */
  private noted = -1;

  /** `expired` hears that the oldest `count` requests which the router holds waited long enough. */
  constructor(
    private readonly router: Router,
    private readonly waitMs: () => number,
    private readonly expired: (count: number) => void,
  ) {}

  /** To be called whenever requests may have begun to wait. */
  start() {
    const accepted = this.router.acceptedRequests();
    if (accepted === this.noted) return;
    this.noted = accepted;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.expired(this.waitingSince(accepted));
    }, this.waitMs());
    this.timers.add(timer);
  }

  /** There is a handler. */
  stop() {
    this.noted = -1;
    this.timers.forEach(clearTimeout);
    this.timers.clear();
  }

  /** How many of the first `accepted` requests still wait: those that came later wait behind. */
  private waitingSince(accepted: number): number {
    const later = this.router.acceptedRequests() - accepted;
    return Math.max(0, this.router.waitingRequests() - later);
  }
}
