import type { IpcMain, IpcMainEvent } from "electron";

type Listener = (event: IpcMainEvent, message: unknown, ...rest: unknown[]) => void;
/** A wrapper as Node knows it: to remove `listener` is to remove the wrapper. */
type Wrapper = Listener & { readonly listener?: Listener };

/** `isAnswered`: another listener of the channel does what is asked for. */
type Handle = (event: IpcMainEvent, message: unknown, isAnswered: boolean) => void;

enum State {
  Off,
  Listening,
  /** Somebody else's listener comes or goes: ours are arranged anew in a microtask. */
  Due,
  /** The emitter's events come of our own changes. */
  Arranging,
}

/**
 * Our listener of a channel that electron-prokit listens to as well. Ours stays when all listeners
 * of the channel are removed, as apps do to be rid of electron-prokit's. Theirs goes first, but what
 * it throws ends at us: electron-prokit throws for each name that is not in its own table, and in an
 * ipc listener that is the end of main. Ours takes such a message then.
 */
export class ProkitListener {
  private _state = State.Off;
  /** The listener that each guard stands for. */
  private readonly _guarded = new WeakMap<Wrapper, Wrapper>();
  /** Events that ours handled itself: several of theirs may throw at one event. */
  private readonly _handled = new WeakSet<IpcMainEvent>();

  constructor(
    private readonly _ipcMain: IpcMain,
    private readonly _channel: string,
    private readonly _handle: Handle,
  ) {}

  listen() {
    this._arrange(State.Listening);
  }

  unlisten() {
    this._arrange(State.Off);
  }

  private readonly _own: Listener = (event, message) => {
    const isAnswered = this._ipcMain.listenerCount(this._channel) > 1;
    if (isAnswered) this._handle(event, message, true);
    else this._handleOnce(event, message);
  };

  private readonly _added = (channel: string | symbol) => {
    if (channel === this._channel) this._arrangeSoon();
  };

  private readonly _removed = (channel: string | symbol, listener: unknown) => {
    if (channel === this._channel && listener === this._own) this._arrangeSoon();
  };

  /**
   * Not now, because the event comes before the listener is added. No message can come before a
   * microtask.
   */
  private _arrangeSoon() {
    if (this._state !== State.Listening) return;
    this._state = State.Due;
    Promise.resolve().then(() => {
      if (this._state === State.Due) this._arrange(State.Listening);
    });
  }

  /** Sees to it that ours is there and theirs are guarded; or, once we have left, neither. */
  private _arrange(next: State.Listening | State.Off) {
    const { _channel: channel } = this;
    const emitter: NodeJS.EventEmitter = this._ipcMain;
    const isListening = next === State.Listening;
    this._state = State.Arranging;
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
    this._state = next;
  }

  private _guard(theirs: Wrapper): Wrapper {
    const { _ipcMain: ipcMain, _channel: channel } = this;
    const call: Listener = (event, message, ...rest) => {
      // Node's own wrapper of `once` would look for itself.
      if (theirs.listener) ipcMain.removeListener(channel, guard);
      try {
        theirs.call(ipcMain, event, message, ...rest);
      } catch {
        this._handleOnce(event, message);
      }
    };
    const guard = Object.assign(call, { listener: theirs.listener ?? theirs });
    this._guarded.set(guard, theirs);
    return guard;
  }

  private _handleOnce(event: IpcMainEvent, message: unknown) {
    if (this._handled.has(event)) return;
    this._handled.add(event);
    this._handle(event, message, false);
  }
}
