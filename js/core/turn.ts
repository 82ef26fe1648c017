/**
 * In units of text: what pages may have main do before main's event loop has its turn. 1 MiB takes
 * 5 to 10 ms. Each message counts MESSAGE_WEIGHT more, and each record for main itself.
 */
export const MAX_WORK = 1024 * 1024;

/** What a message counts more that is refused: to say so takes longer than to take most others. */
export const REFUSED_WORK = 16 * 1024;

/** Whose messages wait for main's next turn. */
export interface Waiter {
  /** Takes the first of them; whether there are more. */
  handleNext(): boolean;
}

/** What was taken and is not handled yet. It goes before what waits. */
export interface Backlog {
  readonly isBusy: boolean;
  /** A turn has begun. */
  goOn(): void;
}

/**
 * Divides what pages have main do into turns of main's event loop: timers, windows and other
 * windows' messages have theirs in between, however much comes and from how many. A turn begins
 * anew only where there was too much to do, so that a message that comes alone is never delayed.
 */
export class Turn {
  private _done = 0;
  private _backlog?: Backlog;
  /** They take turns, message by message. */
  private readonly _waiters = new Set<Waiter>();

  /** Whether what comes now waits: for the next turn, or for what came before it. */
  get isBusy(): boolean {
    return this.isOver || (this._backlog?.isBusy ?? false);
  }

  /** Whether the rest waits for the next turn. */
  get isOver(): boolean {
    return this._done >= MAX_WORK;
  }

  /** So much was done. */
  spend(work: number) {
    const wasOver = this.isOver;
    this._done += work;
    if (this.isOver && !wasOver) setImmediate(() => this._begin());
  }

  /** Of main's end, which has one. */
  serve(backlog: Backlog) {
    this._backlog = backlog;
  }

  /** Only while the turn is busy. A second time changes nothing. */
  wait(waiter: Waiter) {
    if (!this.isOver && this._waiters.size === 0) this._handleWaitingSoon();
    this._waiters.add(waiter);
  }

  private _begin() {
    this._done = 0;
    this._backlog?.goOn();
    this._handleWaiting();
  }

  /** One message after the other: each is handled whole before the next is read. */
  private _handleWaiting() {
    for (const waiter of this._waiters) {
      if (this.isOver) return;
      if (this.isBusy) return this._handleWaitingSoon();
      this._waiters.delete(waiter);
      // Behind the others; this loop comes to it again.
      if (waiter.handleNext()) this._waiters.add(waiter);
    }
  }

  private _handleWaitingSoon() {
    Promise.resolve().then(() => this._handleWaiting());
  }
}
