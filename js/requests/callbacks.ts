/** Functions in the order in which they were added, each once. */
export class Callbacks<Callback> {
  /** Replaced when it changes, never turned: who is called now, is so whatever the calls do. */
  _all: readonly Callback[] = [];

  /** `_changed` hears whether there is a callback, when that changes. */
  constructor(private readonly _changed: (hasAny: boolean) => void) {}

  get _hasAny(): boolean {
    return this._all.length > 0;
  }

  add(callback: Callback): () => void {
    this._replace([...new Set([...this._all, callback])]);
    return () => this.remove(callback);
  }

  remove(callback: Callback) {
    this._replace(this._all.filter((each) => each !== callback));
  }

  private _replace(all: readonly Callback[]) {
    const { _hasAny: hasAny } = this;
    this._all = all;
    if (this._hasAny !== hasAny) this._changed(!hasAny);
  }
}

/**
 * Calls each listener. One that throws stops no other; its error is uncaught, as in any event
 * handler.
 */
export function callEach<Args extends [first?: unknown, second?: unknown]>(
  listeners: readonly ((...args: Args) => void)[],
  ...args: Args
): void;
export function callEach(
  listeners: readonly ((first: unknown, second: unknown) => void)[],
  first: unknown,
  second: unknown,
) {
  for (const listener of listeners) {
    try {
      listener(first, second);
    } catch (error) {
      setTimeout(() => {
        throw error;
      });
    }
  }
}
