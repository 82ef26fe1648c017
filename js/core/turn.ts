/**
 * In units of text: how much main does for pages before its event loop has its turn. 1 MiB takes
 * 5 to 10 ms. Each message counts MESSAGE_WEIGHT more, and so does each record for main itself.
 */
export const MAX_WORK = 1024 * 1024;

/** A rejected message counts this much more, because its answer takes longer than most messages take. */
export const REJECTED_WORK = 16 * 1024;

/** A port of which messages wait for main's next turn. */
export interface Waiter {
  /** Handles the first of them; whether there are more. */
  handleNext(): boolean;
}

/** Records that were received and are not handled yet. They go before the messages that wait. */
export interface Backlog {
  readonly isBusy: boolean;
  /** A turn has begun. */
  goOn(): void;
}

/**
 * Divides the work for pages into turns of main's event loop. Timers and other windows' messages have
 * their turns in between, however much comes. A turn ends only if there was too much to do, so that a
 * message that comes alone is never delayed.
 */
export class Turn {
  private _done = 0;
  private _backlog?: Backlog;
  /** Each has one message handled in its turn. */
  private readonly _waiters = new Set<Waiter>();

  /** `later` calls back in the next turn of the event loop. */
  constructor(readonly later: (act: () => void) => void = (act) => void setImmediate(act)) {}

  /** Whether what comes now waits: for the next turn, or for what came before it. */
  get isBusy(): boolean {
    return this.isOver || (this._backlog?.isBusy ?? false);
  }

  /** Whether the rest waits for the next turn. */
  get isOver(): boolean {
    return this._done >= MAX_WORK;
  }

  /** `work` was done, in units of text. */
  spend(work: number) {
    const wasOver = this.isOver;
    this._done += work;
    if (this.isOver && !wasOver) this.later(() => this._begin());
  }

  /** There is one backlog: the inbox. */
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
