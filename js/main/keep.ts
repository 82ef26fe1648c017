type EventEmitter = NodeJS.EventEmitter;

/** A listener of any event: Electron's types have a signature for each, and a list needs one. */
export type Listener = Parameters<NodeJS.EventEmitter["on"]>[1];

type Entry = readonly [event: string, listener: Listener];

/** The listeners of this package at one emitter. */
class Kept {
  /** Each with what the emitter has in its place, where a tool wraps the emitter's methods. */
  private readonly _listeners = new Map<Entry, unknown>();
  /** Called when listeners are back: what they listen for may have happened meanwhile. */
  readonly restored = new Set<() => void>();
  private _due = false;

  constructor(private readonly _emitter: EventEmitter) {
    _emitter.on("removeListener", this._removed);
  }

  add(entry: Entry) {
    const [event, listener] = entry;
    this._emitter.on(event, listener);
    this._listeners.set(entry, this._emitter.rawListeners(event).pop() ?? listener);
  }

  remove(entry: Entry) {
    const [event, listener] = entry;
    const added = this._listeners.get(entry) as Listener;
    // First, so that this removal is not taken for somebody else's.
    this._listeners.delete(entry);
    this._emitter.removeListener(event, added ?? listener);
    if (this._listeners.size > 0) return;
    this._emitter.removeListener("removeListener", this._removed);
    KEPT.delete(this._emitter);
  }

  private readonly _removed = (_event: unknown, listener: unknown) => {
    if (this._due || ![...this._listeners].some((ours) => ours[1] === listener)) return;
    this._due = true;
    // Later: removeAllListeners() forgets at its end whatever was added in its course.
    Promise.resolve().then(() => this.restore());
  };

  /** Adds again what is missing. */
  restore() {
    this._due = false;
    const { _emitter: emitter, _removed: removed } = this;
    if (this._listeners.size === 0) return;
    if (!emitter.listeners("removeListener").includes(removed)) {
      emitter.on("removeListener", removed);
    }
    for (const [entry, added] of this._listeners) {
      if (!emitter.rawListeners(entry[0]).includes(added as Listener)) this.add(entry);
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

/** The same, where the emitter may have lost its listeners without a word. */
export function relisten(emitter: EventEmitter) {
  KEPT.get(emitter)?.restore();
}
