import type { WebContents } from "electron";
import type { Router } from "./binding";
import type { NavigationListener, Navigations } from "./navigation";
import { sessionPreload } from "./preloads";

/** How long the page of a window, once it has loaded, may listen to nothing while messages wait, in ms. */
const MAX_SILENCE_MS = 3_000;

/** All windows are looked at once in so long, in ms, however many messages come. */
const ROUND_MS = 500;

/** Console lines, in all. */
const MAX_LINES = 100;

/** In characters: a preload's error may be long. */
const MAX_CAUSE = 300;

/** In characters: a page may have chosen the name. */
const MAX_NAME = 100;

/** What is known of a window. */
interface Followed {
  readonly contents: WebContents;
  readonly id: number;
  /** Whether its document is there. */
  loaded: boolean;
  /** What its preload threw. */
  preloadError: string | undefined;
  /** Why its document cannot take part, where that is known. */
  hindrance: string | undefined;
  timer: NodeJS.Timeout | undefined;
}

/** What is to be found out about a window. */
export interface Asked {
  /** The names of windows, by the ids of their contents. */
  readonly nameOf: (contents: number) => string | undefined;
  /** Whether the document that is there has said hello. */
  readonly isGreeted: (contents: number) => boolean;
}

/**
 * Finds out why a window is deaf: nothing of it listens though its page has loaded. Says so on the
 * console, once for each window and cause, where something waits for it or its preload threw; and to
 * those whose calls find no handler there.
 */
export class Deaf {
  private readonly followed = new Set<number>();
  /** Windows that were not heard so far. */
  private readonly silent = new Map<number, Followed>();
  private readonly said = new Set<string>();
  /** Until it is over, what is sent waits for the next one. */
  private round: NodeJS.Timeout | undefined;
  private isStirred = false;

  constructor(
    private readonly navigations: Navigations,
    private readonly router: Router,
    private readonly asked: Asked,
  ) {}

  /** Begins to follow a window; a second time changes nothing. */
  follow(contents: WebContents) {
    const { id } = contents;
    if (this.followed.has(id)) return;
    const navigation = this.navigations.of(contents);
    const window: Followed = {
      contents,
      id,
      loaded: navigation.isLoaded,
      preloadError: undefined,
      hindrance: undefined,
      timer: undefined,
    };
    this.followed.add(id);
    this.silent.set(id, window);
    navigation.follow(this.listenerOf(window));
    if (window.loaded) this.loaded(window);
  }

  /** A window's document has said hello. */
  greeted(contents: number) {
    this.change(contents, undefined);
  }

  /** A window's document is there, and may not take part. */
  refused(contents: number, why: string) {
    this.change(contents, why);
  }

  /** Something was sent to some window. Each message comes by here. */
  stirred() {
    if (this.round) this.isStirred = true;
    else if (this.silent.size > 0) this.lookAround();
  }

  private lookAround() {
    this.isStirred = false;
    for (const window of this.silent.values()) if (window.loaded) this.watch(window);
    this.round = setTimeout(() => {
      this.round = undefined;
      if (this.isStirred) this.lookAround();
    }, ROUND_MS);
    this.round.unref();
  }

  private listenerOf(window: Followed): NavigationListener {
    const { id } = window;
    return {
      began: () => {
        clearTimeout(window.timer);
        Object.assign(window, FRESH);
        this.silent.set(id, window);
        this.router.explainSilence(id, undefined);
      },
      preloadFailed: (file, error) => {
        window.preloadError ??= `its preload ${file} failed: ${error}`;
      },
      failed: (why) => {
        window.hindrance = `its page failed to load: ${why}`;
      },
      ready: () => this.loaded(window),
      ended: (how) => {
        if (how !== "crashed") return;
        window.loaded = false;
        this.change(id, "its page has crashed");
      },
      closed: () => {
        clearTimeout(window.timer);
        this.silent.delete(id);
        this.followed.delete(id);
      },
    };
  }

  private loaded(window: Followed) {
    window.loaded = true;
    this.explain(window);
    if (this.misses(window)) this.watch(window);
  }

  /** A window that has begun to take part, and that nothing waits for, need not be looked at. */
  private misses({ id }: Followed): boolean {
    const name = this.asked.nameOf(id);
    return !this.asked.isGreeted(id) || (name !== undefined && this.router.isAwaited(name));
  }

  private change(contents: number, hindrance: string | undefined) {
    const window = this.silent.get(contents);
    if (!window) return;
    window.hindrance = hindrance;
    this.explain(window);
  }

  private watch(window: Followed) {
    if (window.timer) return;
    if (this.router.isHeard(window.id)) {
      this.silent.delete(window.id);
      return;
    }
    const check = () => {
      window.timer = undefined;
      if (window.loaded && !window.contents.isDestroyed()) this.check(window);
    };
    window.timer = setTimeout(check, MAX_SILENCE_MS);
    // An app that is done does not wait for it.
    window.timer.unref();
  }

  private check(window: Followed) {
    const { id, preloadError } = window;
    if (this.router.isHeard(id)) {
      this.silent.delete(id);
      return;
    }
    const cause = this.explain(window);
    const name = this.asked.nameOf(id);
    if (name === undefined) return;
    const hasFailed = preloadError !== undefined && !this.asked.isGreeted(id);
    if (hasFailed || this.router.isAwaited(name)) this.say(id, name, cause);
  }

  private say(id: number, name: string, cause: string) {
    const key = `${id} ${cause}`;
    if (this.said.has(key) || this.said.size >= MAX_LINES) return;
    this.said.add(key);
    const shown = JSON.stringify(name.slice(0, MAX_NAME));
    console.warn(`electron-switchyard: nothing of window ${shown} listens: ${cause}`);
  }

  /** Tells those whose calls find no handler. */
  private explain(window: Followed): string {
    const cause = this.causeOf(window).slice(0, MAX_CAUSE);
    this.router.explainSilence(window.id, cause);
    return cause;
  }

  /** Why nothing of a window listens, and what would be right. */
  private causeOf({ contents, id, hindrance, preloadError }: Followed): string {
    if (hindrance !== undefined) return hindrance;
    if (this.asked.isGreeted(id)) return NO_LISTENER;
    return preloadError ?? noHello(contents);
  }
}

/** A window whose next document comes. */
const FRESH: Pick<Followed, "loaded" | "preloadError" | "hindrance" | "timer"> = {
  loaded: false,
  preloadError: undefined,
  hindrance: undefined,
  timer: undefined,
};

const NO_LISTENER =
  "its page has loaded and has added no listener: its script may have failed; look at its console";

/** Why the document of a window has said no hello. */
function noHello(contents: WebContents): string {
  const held = contents.isDestroyed() ? "none" : sessionPreload(contents.session);
  if (held === "replaced") {
    return "session.setPreloads() has replaced the list with this package's preload: keep what getPreloads() returns";
  }
  const preload = preloadOf(contents);
  if (preload) return `its preload ${preload} has not called initExposeInMainWorld()`;
  if (held === "given") return "this package's preload did not run in its page";
  return "it has no preload of this package: call initExposeInMainWorld() in its own, set webPreferences.preload to getPreloadPath(), or give its session to initIpc({ registerPreload: { sessions } })";
}

/** Not in Electron's types, and not in every Electron. */
function preloadOf(contents: WebContents): string | undefined {
  const { getLastWebPreferences } = contents as {
    getLastWebPreferences?: () => { preload?: string } | null;
  };
  return getLastWebPreferences?.call(contents)?.preload;
}
