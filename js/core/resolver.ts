import { warn } from "../requests";

/** How long a name counts as one that the app has no window for, in milliseconds. */
const PERIOD_MS = 1_000;

/** Names of such in a period; any others are not asked for. */
const MAX_MISSES = 100;

/**
 * Asks the app for a window and registers it; whether there was one. May throw what the app throws.
 */
type Resolve = (name: string) => boolean;

/**
 * Asks the app for names that pages use and no window has. Because pages choose them, the app is asked
 * for each once in a period, and for no other after it has had no window for MAX_MISSES of them.
 */
export class Resolver {
  private _start = Number.NEGATIVE_INFINITY;
  private readonly _misses = new Set<string>();
  private readonly _warned = new Set<string>();

  private _asked: unknown;

  /**
   * `_resolver`: the app's function that `_resolve` asks; the app may replace it. `_now`: in
   * milliseconds.
   */
  constructor(
    private readonly _resolve: Resolve,
    private readonly _resolver: () => unknown,
    private readonly _now: () => number = Date.now,
  ) {}

  /** Never throws. */
  resolveAll(names: readonly string[]) {
    this._begin();
    for (const name of names) if (this._isAskable(name) && !this._ask(name)) this._misses.add(name);
  }

  private _begin() {
    const age = this._now() - this._start;
    // The clock may have been set back.
    const isPeriod = age >= 0 && age < PERIOD_MS;
    if (isPeriod && this._asked === this._resolver()) return;
    this._start = this._now();
    this._asked = this._resolver();
    this._misses.clear();
  }

  private _isAskable(name: string): boolean {
    if (this._misses.has(name)) return false;
    if (this._misses.size < MAX_MISSES) return true;
    warn(this._warned, "misses", TOO_MANY);
    return false;
  }

  /**
   * An error that the app throws is reported, in one line for each kind: the sender of the message has not
   * called it.
   */
  private _ask(name: string): boolean {
    try {
      return this._resolve(name);
    } catch (error) {
      const { code } = Object(error) as { code?: unknown };
      const kind = typeof code === "string" ? code : "";
      warn(this._warned, kind, `resolveWindow failed: ${textOf(error)}`);
      return false;
    }
  }
}

/** An app may throw what has no text. */
function textOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    return "the error has no text";
  }
}

const TOO_MANY =
  `pages named more than ${MAX_MISSES} windows in a second for which resolveWindow has none; ` +
  "in that second, it is not called for further names";
