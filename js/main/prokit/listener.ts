import type { IpcMain, IpcMainEvent } from "electron";

type Listener = (event: IpcMainEvent, message: unknown, ...rest: unknown[]) => void;
/** A wrapper as Node knows it: who removes `listener` removes the wrapper. */
type Wrapper = Listener & { readonly listener?: Listener };

/** `answered`: another listener of the channel does what is asked for. */
type Take = (event: IpcMainEvent, message: unknown, answered: boolean) => void;

/**
 * Our listener of a channel that electron-prokit listens to as well. Ours stays when all listeners
 * of the channel are removed, as apps do to be rid of electron-prokit's. Theirs goes first, but what
 * it throws ends at us: electron-prokit throws for each name that is not in its own table, and in an
 * ipc listener that is the end of main. Ours takes such a message then.
 */
export class ProkitListener {
  private _isListening = false;
  private _isArranging = false;
  private _isDue = false;
  /** What each guard stands for. */
  private readonly _guarded = new WeakMap<Wrapper, Wrapper>();
  /** What ours took itself: several of theirs may throw at one event. */
  private readonly _taken = new WeakSet<IpcMainEvent>();

  constructor(
    private readonly _ipcMain: IpcMain,
    private readonly _channel: string,
    private readonly _take: Take,
  ) {}

  listen() {
    this._isListening = true;
    this._arrange();
  }

  leave() {
    this._isListening = false;
    this._arrange();
  }

  private readonly _own: Listener = (event, message) => {
    const answered = this._ipcMain.listenerCount(this._channel) > 1;
    if (answered) this._take(event, message, true);
    else this._takeOnce(event, message);
  };

  private readonly _added = (channel: string | symbol) => {
    if (channel === this._channel) this._arrangeSoon();
  };

  private readonly _removed = (channel: string | symbol, listener: unknown) => {
    if (channel === this._channel && listener === this._own) this._arrangeSoon();
  };

  /**
   * Not now: listeners are told of before they are added. No message can come before a microtask.
   */
  private _arrangeSoon() {
    if (this._isDue || this._isArranging || !this._isListening) return;
    this._isDue = true;
    Promise.resolve().then(() => {
      this._isDue = false;
      if (this._isListening) this._arrange();
    });
  }

  /** Sees to it that ours is there and theirs are guarded; or, once we have left, neither. */
  private _arrange() {
    const { _channel: channel, _isListening: isListening } = this;
    const emitter: NodeJS.EventEmitter = this._ipcMain;
    this._isArranging = true;
    emitter.removeListener("newListener", this._added);
    emitter.removeListener("removeListener", this._removed);
    const listeners = emitter.rawListeners(channel) as Wrapper[];
    for (const each of listeners) emitter.removeListener(channel, each);
    for (const each of listeners) {
      if (each === this._own) continue;
      const theirs = this._guarded.get(each) ?? each;
      emitter.on(channel, isListening ? this._guard(theirs) : theirs);
    }
    if (isListening) {
      emitter.on(channel, this._own);
      emitter.on("newListener", this._added);
      emitter.on("removeListener", this._removed);
    }
    this._isArranging = false;
  }

  private _guard(theirs: Wrapper): Wrapper {
    const { _ipcMain: ipcMain, _channel: channel } = this;
    const call: Listener = (event, message, ...rest) => {
      // Node's own wrapper of `once` would look for itself.
      if (theirs.listener) ipcMain.removeListener(channel, guard);
      try {
        theirs.call(ipcMain, event, message, ...rest);
      } catch {
        this._takeOnce(event, message);
      }
    };
    const guard = Object.assign(call, { listener: theirs.listener ?? theirs });
    this._guarded.set(guard, theirs);
    return guard;
  }

  private _takeOnce(event: IpcMainEvent, message: unknown) {
    if (this._taken.has(event)) return;
    this._taken.add(event);
    this._take(event, message, false);
  }
}
