import { type AbortSource, callEach } from "../requests";

/** Node 12 and 14, which Electron 9 to 14 have, know no AbortController. */
export const abortSource: AbortSource = () =>
  typeof AbortController === "function"
    ? new AbortController()
    : (new Controller() as unknown as AbortController);

interface AbortEvent {
  readonly type: "abort";
  readonly target: Signal;
}

type Listener = ((event: AbortEvent) => void) | { handleEvent(event: AbortEvent): void };

/** As much of an AbortController as handlers use. */
class Controller {
  readonly signal = new Signal();

  abort(reason: unknown) {
    if (this.signal.aborted) return;
    this.signal.aborted = true;
    this.signal.reason = reason;
    this.signal.dispatch({ type: "abort", target: this.signal });
  }
}

class Signal {
  aborted = false;
  reason: unknown = undefined;
  onabort: ((event: AbortEvent) => void) | null = null;
  private readonly _listeners = new Set<Listener>();

  /** `once` goes without saying: a signal is aborted once. */
  addEventListener(type: string, listener: Listener) {
    if (type === "abort") this._listeners.add(listener);
  }

  removeEventListener(type: string, listener: Listener) {
    if (type === "abort") this._listeners.delete(listener);
  }

  throwIfAborted() {
    if (this.aborted) throw this.reason;
  }

  dispatch(event: AbortEvent) {
    const handled = this.onabort;
    const calls = [...this._listeners].map((listener) => () => {
      // One that was called before may have removed it.
      if (this._listeners.has(listener)) this._call(listener, event);
    });
    callEach([() => handled?.call(this, event), ...calls]);
  }

  private _call(listener: Listener, event: AbortEvent) {
    if (typeof listener === "function") listener.call(this, event);
    else listener.handleEvent(event);
  }
}
