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
  private isListening = false;
  private isArranging = false;
  private isDue = false;
  /** What each guard stands for. */
  private readonly guarded = new WeakMap<Wrapper, Wrapper>();
  /** What ours took itself: several of theirs may throw at one event. */
  private readonly taken = new WeakSet<IpcMainEvent>();

  constructor(
    private readonly ipcMain: IpcMain,
    private readonly channel: string,
    private readonly take: Take,
  ) {}

  listen() {
    this.isListening = true;
    this.arrange();
  }

  leave() {
    this.isListening = false;
    this.arrange();
  }

  private readonly own: Listener = (event, message) => {
    const answered = this.ipcMain.listenerCount(this.channel) > 1;
    if (answered) this.take(event, message, true);
    else this.takeOnce(event, message);
  };

  private readonly added = (channel: string | symbol) => {
    if (channel === this.channel) this.arrangeSoon();
  };

  private readonly removed = (channel: string | symbol, listener: unknown) => {
    if (channel === this.channel && listener === this.own) this.arrangeSoon();
  };

  /** Not now: listeners are told of before they are added. No message can come before a microtask. */
  private arrangeSoon() {
    if (this.isDue || this.isArranging || !this.isListening) return;
    this.isDue = true;
    Promise.resolve().then(() => {
      this.isDue = false;
      if (this.isListening) this.arrange();
    });
  }

  /** Sees to it that ours is there and theirs are guarded; or, once we have left, neither. */
  private arrange() {
    const { channel, isListening } = this;
    const emitter: NodeJS.EventEmitter = this.ipcMain;
    this.isArranging = true;
    emitter.removeListener("newListener", this.added);
    emitter.removeListener("removeListener", this.removed);
    const listeners = emitter.rawListeners(channel) as Wrapper[];
    for (const each of listeners) emitter.removeListener(channel, each);
    for (const each of listeners) {
      if (each === this.own) continue;
      const theirs = this.guarded.get(each) ?? each;
      emitter.on(channel, isListening ? this.guard(theirs) : theirs);
    }
    if (isListening) {
      emitter.on(channel, this.own);
      emitter.on("newListener", this.added);
      emitter.on("removeListener", this.removed);
    }
    this.isArranging = false;
  }

  private guard(theirs: Wrapper): Wrapper {
    const { ipcMain, channel } = this;
    const call: Listener = (event, message, ...rest) => {
      // Node's own wrapper of `once` would look for itself.
      if (theirs.listener) ipcMain.removeListener(channel, guard);
      try {
        theirs.call(ipcMain, event, message, ...rest);
      } catch {
        this.takeOnce(event, message);
      }
    };
    const guard = Object.assign(call, { listener: theirs.listener ?? theirs });
    this.guarded.set(guard, theirs);
    return guard;
  }

  private takeOnce(event: IpcMainEvent, message: unknown) {
    if (this.taken.has(event)) return;
    this.taken.add(event);
    this.take(event, message, false);
  }
}
