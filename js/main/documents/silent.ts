import type { WebContents } from "electron";
import type { Router } from "../../core/binding";
import { describe } from "../../errors";
import { warn } from "../../requests";
import type { Windows } from "../windows";
import type { Documents } from "./documents";
import type { NavigationListener, Navigations } from "./navigation";
import { NO_LISTENER, noHelloCause, OTHER_SESSION, preloadCause } from "./silence";

/**
 * How long the page of a window, once it has loaded, may listen to nothing while messages wait, in
 * ms.
 */
const MAX_SILENCE_MS = 3_000;

/** All windows are checked once in this time, in ms, however many messages come. */
const ROUND_MS = 500;

/** The state of the ROUND_MS since all windows were looked at. */
enum Round {
  /** They are over: the next message is a reason to look. */
  Over,
  /** Nothing was sent. */
  Quiet,
  /** Something was sent, and is a reason to look when they are over. */
  Stirred,
}

/** In UTF-16 units: the error of a page that failed to load may be long. */
const MAX_CAUSE = 450;

/** A window that is followed. */
interface Followed {
  readonly contents: WebContents;
  readonly id: number;
  /** Whether its document is there. */
  loaded: boolean;
  /** The error that its preload threw. The console has a line about it already. */
  preloadError: string | undefined;
  /** Why its document cannot listen, if that is known. */
  hindrance: string | undefined;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Finds out why a window is silent: nothing of it listens though its page has loaded. If something
 * waits for it, or its session lacks this package's preload, the console has a line for each window and cause.
 * {@link PreloadFailures} has written it if the preload threw. Calls that find no handler there are rejected
 * with the cause.
 */
export class SilentWindows {
  private readonly _followed = new Set<number>();
  /** Windows of which nothing was known to listen so far. */
  private readonly _silent = new Map<number, Followed>();
  private readonly _warned = new Set<string>();
  private _round = Round.Over;

  constructor(
    private readonly _navigations: Navigations,
    private readonly _router: Router,
    private readonly _windows: Pick<Windows, "nameOf">,
    private readonly _documents: Pick<Documents, "isGreeted" | "isConnected">,
  ) {}

  /** Begins to follow a window; a second time changes nothing. */
  follow(contents: WebContents) {
    const { id } = contents;
    if (this._followed.has(id)) return;
    const navigation = this._navigations.of(contents);
    const window: Followed = {
      contents,
      id,
      loaded: navigation.isLoaded,
      preloadError: undefined,
      hindrance: undefined,
      timer: undefined,
    };
    this._followed.add(id);
    this._silent.set(id, window);
    navigation.follow(this._listenerOf(window));
    if (window.loaded) this._loaded(window);
  }

  /** A window's document has said hello. */
  greeted(contents: number) {
    this._change(contents, undefined);
  }

  /** A window's document is there, and is not let in. */
  turnedAway(contents: number, why: string) {
    this._change(contents, why);
  }

  /** Something was sent to some window. Each message comes by here. */
  messageSent() {
    if (this._round !== Round.Over) this._round = Round.Stirred;
    else if (this._silent.size > 0) this._lookAround();
  }

  private _lookAround() {
    this._round = Round.Quiet;
    for (const window of this._silent.values()) if (window.loaded) this._watch(window);
    const timer = setTimeout(() => {
      const isStirred = this._round === Round.Stirred;
      this._round = Round.Over;
      if (isStirred) this._lookAround();
    }, ROUND_MS);
    timer.unref();
  }

  private _listenerOf(window: Followed): NavigationListener {
    const { id } = window;
    return {
      began: () => {
        clearTimeout(window.timer);
        Object.assign(window, FRESH);
        this._silent.set(id, window);
        this._router.explainSilence(id, undefined);
      },
      preloadFailed: (file, error) => {
        window.preloadError ??= preloadCause(file, error);
      },
      failed: (why) => {
        window.hindrance = `its page failed to load: ${why}`;
      },
      ready: () => this._loaded(window),
      ended: (how) => {
        if (how !== "crashed") return;
        window.loaded = false;
        this._change(id, "its page has crashed");
      },
      closed: () => {
        clearTimeout(window.timer);
        this._silent.delete(id);
        this._followed.delete(id);
      },
    };
  }

  private _loaded(window: Followed) {
    window.loaded = true;
    this._explain(window);
    if (this._isMissed(window)) this._watch(window);
  }

  /** A window that has said hello, and that nothing waits for, need not be checked. */
  private _isMissed({ id }: Followed): boolean {
    const name = this._windows.nameOf(id);
    return !this._documents.isGreeted(id) || (name !== undefined && this._router.hasPending(name));
  }

  private _change(contents: number, hindrance: string | undefined) {
    const window = this._silent.get(contents);
    if (!window) return;
    window.hindrance = hindrance;
    this._explain(window);
  }

  private _watch(window: Followed) {
    if (window.timer) return;
    if (this._router.hasListener(window.id)) {
      this._silent.delete(window.id);
      return;
    }
    const check = () => {
      window.timer = undefined;
      if (window.loaded && !window.contents.isDestroyed()) this._check(window);
    };
    window.timer = setTimeout(check, MAX_SILENCE_MS);
    // An app that is done does not wait for it.
    window.timer.unref();
  }

  private _check(window: Followed) {
    const { id, preloadError } = window;
    if (this._router.hasListener(id)) {
      this._silent.delete(id);
      return;
    }
    const cause = this._explain(window);
    const name = this._windows.nameOf(id);
    if (name === undefined || cause === preloadError) return;
    // Its messages would never come, and it may be the one that sends.
    const isElsewhere = cause === OTHER_SESSION && !this._documents.isConnected(id);
    if (!isElsewhere && !this._router.hasPending(name)) return;
    warn(this._warned, `${id} ${cause}`, `nothing of window ${describe(name)} listens: ${cause}`);
  }

  /** Gives the router the cause, for calls that find no handler. */
  private _explain(window: Followed): string {
    const cause = this._causeOf(window).slice(0, MAX_CAUSE);
    this._router.explainSilence(window.id, cause);
    return cause;
  }

  /** Why nothing of a window listens, and what would be right. */
  private _causeOf({ contents, id, hindrance, preloadError }: Followed): string {
    if (hindrance !== undefined) return hindrance;
    if (this._documents.isGreeted(id)) return NO_LISTENER;
    return preloadError ?? noHelloCause(contents);
  }
}

/** The state of a window when its next document comes. */
const FRESH: Pick<Followed, "loaded" | "preloadError" | "hindrance" | "timer"> = {
  loaded: false,
  preloadError: undefined,
  hindrance: undefined,
  timer: undefined,
};
