import { complain } from "../requests";

enum State {
  Idle,
  /** It will run in a microtask. */
  Due,
  Running,
  /** And there may be more to send since packets were last asked for. */
  RunningAgain,
}

/** When main sends what can go: at once, or at the end of a turn of the event loop. */
export class Flush {
  private _state = State.Idle;

  /** `_run` sends what can go, after what the router has handed out already. */
  constructor(private readonly _run: (out: string) => void) {}

  get isRunning(): boolean {
    return this._state >= State.Running;
  }

  /** Sends what can go, at the end of this turn of the event loop. */
  soon() {
    this.noteMore();
    if (this._state !== State.Idle) return;
    this._state = State.Due;
    // A microtask: what a turn sends to one window shares a packet, and no timer delays it.
    Promise.resolve().then(() => {
      // Another reason may have sent all of it before.
      if (this._state === State.Due) this.nowSafely();
    });
  }

  /** Sends what can go. `out`: what the router has handed out already, unless this is running. */
  now(out?: string) {
    if (this.isRunning) return this.noteMore();
    this._state = out === undefined ? State.RunningAgain : State.Running;
    try {
      this._run(out ?? "");
    } finally {
      this._state = State.Idle;
    }
  }

  /** The same, where nobody could catch anything. */
  nowSafely() {
    try {
      this.now();
    } catch (error) {
      complain("records could not be sent", error);
    }
  }

  /** There may be more to send. A run that has begun goes on to the end, or comes back to it. */
  noteMore() {
    if (this.isRunning) this._state = State.RunningAgain;
  }

  /** Whether there may be more to send, for a run that asks for it now. */
  hasMore(): boolean {
    if (this._state !== State.RunningAgain) return false;
    this._state = State.Running;
    return true;
  }
}
