type EventEmitter = NodeJS.EventEmitter;

/** A listener of any event: Electron's types have a signature for each, and a list needs one. */
export type Listener = Parameters<NodeJS.EventEmitter["on"]>[1];

/** The listeners of this package at one emitter. */
class Kept {
  private readonly listeners = new Set<readonly [event: string, listener: Listener]>();
  /** Called when listeners are back: what they listen for may have happened meanwhile. */
  readonly restored = new Set<() => void>();
  private due = false;

  constructor(private readonly emitter: EventEmitter) {
    emitter.on("removeListener", this.removed);
  }

  add(listener: readonly [event: string, listener: Listener]) {
    this.listeners.add(listener);
    this.emitter.on(...listener);
  }

  remove(listener: readonly [event: string, listener: Listener]) {
    // First, so that this removal is not taken for somebody else's.
    this.listeners.delete(listener);
    this.emitter.removeListener(...listener);
    if (this.listeners.size > 0) return;
    this.emitter.removeListener("removeListener", this.removed);
    KEPT.delete(this.emitter);
  }

  private readonly removed = (_event: unknown, listener: unknown) => {
    const isOurs = [...this.listeners].some(([, ours]) => ours === listener);
    if (this.due || !isOurs) return;
    this.due = true;
    // Later: removeAllListeners() forgets at its end whatever was added in its course.
    Promise.resolve().then(() => this.restore());
  };

  private restore() {
    this.due = false;
    const { emitter, removed } = this;
    if (this.listeners.size === 0) return;
    if (!emitter.listeners("removeListener").includes(removed)) {
      emitter.on("removeListener", removed);
    }
    for (const [event, listener] of this.listeners) {
      if (!emitter.listeners(event).includes(listener)) emitter.on(event, listener);
    }
    for (const restored of this.restored) restored();
  }
}

/** Emitters are the app's too: what this package has of one goes when the emitter goes. */
const KEPT = new WeakMap<EventEmitter, Kept>();

/**
 * Adds listeners, and adds them again if the app removes them: `removeAllListeners()` on ipcMain, a
 * window or its contents is meant for the app's own listeners. They are back in the next microtask;
 * `restored` is called then. Returns the function that removes them.
 */
export function keepListening(
  emitter: EventEmitter,
  listeners: Readonly<Record<string, Listener>>,
  restored: () => void = () => undefined,
): () => void {
  const kept = KEPT.get(emitter) ?? new Kept(emitter);
  KEPT.set(emitter, kept);
  const added = Object.entries(listeners);
  for (const listener of added) kept.add(listener);
  kept.restored.add(restored);
  return () => {
    kept.restored.delete(restored);
    for (const listener of added) kept.remove(listener);
  };
}
