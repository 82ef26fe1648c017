import type { WebContents } from "electron";
import { keepListening, type Listener } from "../keep";
import { onCrash } from "./crash";

/** Chromium's code for a navigation that was aborted. */
const ERR_ABORTED = -3;

/** How a document ended; see GoneReason in index.d.ts. */
export type Ending = "closed" | "crashed" | "reloaded";

/** Events of the documents in a window's main frame. */
export interface NavigationListener {
  /**
   * A navigation to another document has begun. The document that is there stays until it is done.
   */
  readonly began?: () => void;
  /** The document that spoke last is not there any more, nor is any other that has spoken. */
  readonly ended?: (how: Exclude<Ending, "closed">) => void;
  /**
   * A navigation is done, and a document has spoken since it began. In Electron 9 overlapping
   * navigations leave open which is done: the document that spoke is the new one, or the old one.
   */
  readonly unsure?: () => void;
  /** The document's HTML has been read: its preload has run. */
  readonly ready?: () => void;
  /** The document has loaded. */
  readonly loaded?: () => void;
  /** An error page is there in place of a document. */
  readonly failed?: (why: string) => void;
  /** The preload of the document has thrown. */
  readonly preloadFailed?: (file: string, error: unknown) => void;
  /** The window is gone: nothing happens to it any more. */
  readonly closed?: () => void;
}

/**
 * The state of the document in the main frame, of those that speak to one listener.
 * - `absent`: none has spoken since the last one ended.
 * - `present`: one has spoken, and no navigation has begun since.
 * - `leaving`: a navigation has begun since it spoke. If that is done, the document has ended.
 */
type Presence = "absent" | "present" | "leaving";

/** One listener, and what it knows. */
class Follower {
  private _presence: Presence = "absent";

  constructor(private readonly _listener: NavigationListener) {}

  /** A document speaks that was not there when the last navigation began, as far as is known. */
  spoke() {
    this._presence = "present";
  }

  notify<Name extends keyof NavigationListener>(
    name: Name,
    ...args: Parameters<Required<NavigationListener>[Name]>
  ) {
    (this._listener[name] as ((...values: unknown[]) => void) | undefined)?.(...args);
  }

  began() {
    if (this._presence === "present") this._presence = "leaving";
    this.notify("began");
  }

  /** A navigation is done. */
  navigated() {
    if (this._presence === "present") this.notify("unsure");
    else this.end("reloaded");
  }

  failed(why: string) {
    if (this._presence !== "present") this.end("reloaded");
    this.notify("failed", why);
  }

  end(how: "crashed" | "reloaded") {
    this._presence = "absent";
    this.notify("ended", how);
  }
}

/** Turns Electron's events of one webContents into those of {@link NavigationListener}. */
export class Navigation {
  /** Whether the document in the main frame has loaded. */
  isLoaded: boolean;
  /** How many documents came since this began. */
  documents = 0;
  private readonly _followers: Follower[] = [];

  constructor(contents: WebContents, forget: () => void) {
    this.isLoaded = contents.getURL() !== "" && !contents.isLoadingMainFrame();
    const destroyed = () => {
      // Electron 9 keeps destroyed webContents for good: what they hold of ours must not stay too.
      unlisten();
      forget();
      // A question to the page that Electron never answers may hold this, and must hold no more.
      for (const follower of this._followers.splice(0)) follower.notify("closed");
    };
    const listeners = { ...this._listeners(), destroyed };
    const unlisten = keepListening(contents, listeners, () => {
      if (contents.isDestroyed()) destroyed();
    });
  }

  /** The function that it returns is to be called when a document speaks to the listener. */
  follow(listener: NavigationListener): () => void {
    const follower = new Follower(listener);
    this._followers.push(follower);
    return () => follower.spoke();
  }

  private _listeners(): Record<string, Listener> {
    return {
      "did-start-navigation": (details, _url, isInPlace, isMainFrame) => {
        if (!(details.isMainFrame ?? isMainFrame) || (details.isSameDocument ?? isInPlace)) return;
        this._each((follower) => follower.began());
      },
      "did-navigate": () => {
        this.documents += 1;
        this.isLoaded = false;
        this._each((follower) => follower.navigated());
      },
      "did-fail-load": (_details, code, description, _url, isMainFrame) => {
        // After an abort the document before is still there.
        if (!isMainFrame || code === ERR_ABORTED) return;
        this.isLoaded = false;
        this._each((follower) => follower.failed(description || String(code)));
      },
      "dom-ready": () => this._each((follower) => follower.notify("ready")),
      "did-finish-load": () => {
        this.isLoaded = true;
        this._each((follower) => follower.notify("loaded"));
      },
      "preload-error": (_event, file, error) => {
        this._each((follower) => follower.notify("preloadFailed", file, error));
      },
      ...onCrash(() => {
        this.isLoaded = false;
        this._each((follower) => follower.end("crashed"));
      }),
    };
  }

  private _each(act: (follower: Follower) => void) {
    for (const follower of this._followers) act(follower);
  }
}

/** The navigation of each webContents. */
export class Navigations {
  private readonly _byContents = new Map<number, Navigation>();

  of(contents: WebContents): Navigation {
    const { id } = contents;
    const known = this._byContents.get(id);
    if (known) return known;
    const navigation = new Navigation(contents, () => this._byContents.delete(id));
    this._byContents.set(id, navigation);
    return navigation;
  }
}
