/** Functions in the order in which they were added, each once. */
export class Callbacks<Callback> {
  /**
   * Immutable. Add and remove replace the array, so that a dispatch in progress is not affected by
   * callbacks that come or go during it.
   */
  _all: readonly Callback[] = [];

  /** `_changed` is called when the first callback comes and when the last one goes. */
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
 * Calls each listener. If one throws, the others are called all the same, and the error is uncaught as in
 * any event handler.
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
