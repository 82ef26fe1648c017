import { warn } from "../ends";

/** How long a name counts as one that the app has no window for, in milliseconds. */
const PERIOD_MS = 1_000;

/** Names of such in a period; any others are not asked for. */
const MAX_MISSES = 100;

/** Asks the app for a window and registers it; whether there was one. May throw what the app throws. */
type Resolve = (name: string) => boolean;

/**
 * Asks the app for names that pages use and no window has. Pages choose them, so the app is asked
 * for each once in a period, and once the app has had no window for so many of them, for no other.
 */
export class Resolver {
  private start = Number.NEGATIVE_INFINITY;
  private readonly misses = new Set<string>();
  private readonly warned = new Set<string>();

  private asked: unknown;

  /** `current`: whom `resolve` asks, another one when the app replaces it. `now`: in milliseconds. */
  constructor(
    private readonly resolve: Resolve,
    private readonly current: () => unknown,
    private readonly now: () => number = Date.now,
  ) {}

  /** Never throws. */
  resolveAll(names: readonly string[]) {
    this.begin();
    for (const name of names) if (this.mayAsk(name) && !this.ask(name)) this.misses.add(name);
  }

  private begin() {
    const age = this.now() - this.start;
    // The clock may have been set back.
    const isPeriod = age >= 0 && age < PERIOD_MS;
    if (isPeriod && this.asked === this.current()) return;
    this.start = this.now();
    this.asked = this.current();
    this.misses.clear();
  }

  private mayAsk(name: string): boolean {
    if (this.misses.has(name)) return false;
    if (this.misses.size < MAX_MISSES) return true;
    warn(this.warned, "misses", TOO_MANY);
    return false;
  }

  /** What it throws is reported, one line for each kind: whoever sent the message is not its caller. */
  private ask(name: string): boolean {
    try {
      return this.resolve(name);
    } catch (error) {
      const { code } = Object(error) as { code?: unknown };
      const kind = typeof code === "string" ? code : "";
      warn(this.warned, kind, `resolveWindow failed: ${textOf(error)}`);
      return false;
    }
  }
}

/** An app may throw what has no text. */
function textOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    return "it threw what has no text";
  }
}

const TOO_MANY =
  `pages send to more than ${MAX_MISSES} names in a second that resolveWindow has no window for; ` +
  "for the rest it is not asked";
