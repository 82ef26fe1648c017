import type { BrowserWindow, WebContents } from "electron";
import type { IpcOptions } from "../../index";
import type { Router } from "../core/binding";
import { describe, failure } from "../errors";
import { MAX_NAME } from "../protocol/protocol";
import { contentsOf, isWindow, liveContentsOf } from "./contents";
import { keepListening } from "./keep";

/** Events of windows with names. */
export interface WindowListener {
  /** A window has got a name. */
  added(contents: WebContents): void;
  /** A window is gone; the id of its contents. */
  closed(contents: number): void;
  /** Messages that waited for a name may have been dropped. */
  changed(): void;
}

/** Contents as Electron has them. */
export interface Hosts {
  /** The BrowserWindow whose own contents these are. */
  windowOf(contents: WebContents): BrowserWindow | undefined;
  /** Ends the contents of a view or a guest, at once or soon. */
  end(contents: WebContents): void;
}

/** Contents with a name, and what cannot be read from destroyed ones. */
interface Named {
  /** Undefined for contents that are no BrowserWindow's own: those of a view, and a webview's guest. */
  readonly window: BrowserWindow | undefined;
  readonly contents: WebContents;
  readonly id: number;
}

/**
 * The contents behind each name; the names themselves are the router's. Destroyed contents have no
 * name, whether or not their end has reached this package: each use of the table looks.
 */
export class Windows {
  private readonly _byName = new Map<string, Named>();
  /** Those that have our listeners already: names may come and go. */
  private readonly _followed = new WeakSet<WebContents>();

  private _listener: WindowListener | undefined;

  constructor(
    private readonly _router: Router,
    private readonly _hosts: Hosts,
  ) {}

  /** There is one listener; before it comes no window has a name. */
  follow(listener: WindowListener) {
    this._listener = listener;
  }

  /** `given`: a BrowserWindow, a view or a webContents. The same contents are the same window. */
  add(apiName: string, name: string, given: unknown) {
    this._add(name, contentsOf(apiName, "window", given), given);
  }

  private _add(name: string, contents: WebContents, given: unknown) {
    const window = isWindow(given) ? given : this._hosts.windowOf(contents);
    // If contents are gone that had the name, the name is free.
    this.contentsOf(name);
    const { id } = contents;
    this._router.nameWindow(name, id);
    const named = { window, contents, id };
    this._byName.set(name, named);
    this._listener?.added(contents);
    this._follow(named);
  }

  /** Throws unless a new window can have the name. */
  requireFree(apiName: string, name: string) {
    if (!isPossibleName(name)) {
      const reason = `a window's name has at most ${MAX_NAME} bytes`;
      throw failure("ERR_INVALID_OPTION", `${apiName}: ${reason}, and ${describe(name)} is longer`);
    }
    if (!this.contentsOf(name)) return;
    const reason = `a view or a webview's guest is named ${describe(name)}`;
    throw failure("ERR_NAME_TAKEN", `${apiName}: ${reason}; unregister its name first`);
  }

  private _follow(named: Named) {
    const { window, contents } = named;
    if (this._followed.has(contents)) return;
    this._followed.add(contents);
    const closed = () => {
      for (const unfollow of unfollows) unfollow();
      this._dispose(named);
    };
    const look = () => {
      if (isGone(named)) closed();
    };
    const unfollows = [keepListening(contents, { destroyed: closed }, look)];
    if (window) unfollows.push(keepListening(window, { closed }, look));
  }

  private _dispose({ contents, id }: Named) {
    for (const [name, named] of this._byName)
      if (named.contents === contents) this._byName.delete(name);
    this._listener?.closed(id);
    this._listener?.changed();
  }

  /**
   * Asks the app for a window that is not in the table, and registers what it returns. Whether there
   * was one. It is not asked for a name that no window can have.
   */
  resolve(name: string, resolveWindow: IpcOptions["resolveWindow"]): boolean {
    const given = isPossibleName(name) ? resolveWindow?.(name) : undefined;
    if (!given) return false;
    const contents = liveContentsOf("resolveWindow", "its result", given);
    if (!contents) return false;
    this._add(name, contents, given);
    return true;
  }

  /** Whether a window had the name. */
  remove(name: string): boolean {
    const had = this.contentsOf(name) !== undefined;
    this._byName.delete(name);
    this._router.unnameWindow(name);
    this._listener?.changed();
    return had;
  }

  /** The BrowserWindow of a name; undefined for a view and a guest. */
  get(name: string): BrowserWindow | undefined {
    return this._named(name)?.window;
  }

  contentsOf(name: string): WebContents | undefined {
    return this._named(name)?.contents;
  }

  private _named(name: string): Named | undefined {
    const named = this._byName.get(name);
    if (!named) return undefined;
    if (!isGone(named)) return named;
    this._dispose(named);
    return undefined;
  }

  /** Ends the window, view or guest of a name. The name is free when this returns. */
  destroy(name: string) {
    const named = this._named(name);
    if (named) this._destroy(named);
  }

  destroyAll() {
    const all = [...this._byName.values()];
    // First what is in windows: Electron 9 crashes when a view ends after its window.
    const inside = all.filter(({ window }) => !window);
    const windows = all.filter(({ window }) => window);
    for (const named of [...inside, ...windows]) {
      // The app may have destroyed it when an earlier one was closed.
      if (!isGone(named)) this._destroy(named);
    }
  }

  private _destroy(named: Named) {
    if (named.window) return named.window.destroy();
    // These contents may end later.
    this._dispose(named);
    this._hosts.end(named.contents);
  }

  /** The name of the window that has a webContents. */
  nameOf(contents: number): string | undefined {
    for (const [name, named] of this._byName) {
      if (named.id === contents && !isGone(named)) return name;
    }
    return undefined;
  }

  /** In the order in which they were given. */
  names(): string[] {
    for (const each of [...this._byName.values()]) if (isGone(each)) this._dispose(each);
    return [...this._byName.keys()];
  }

  /** All BrowserWindows that have a name. */
  all(): BrowserWindow[] {
    const windows = this.names().map((name) => this._byName.get(name)?.window);
    return windows.filter((window): window is BrowserWindow => window !== undefined);
  }
}

function isPossibleName(name: string): boolean {
  // No character has less than a byte, and to count the bytes of megabytes takes time.
  return name.length <= MAX_NAME && Buffer.byteLength(name) <= MAX_NAME;
}

/** A window's contents are gone before the window is. */
function isGone({ window, contents }: Named): boolean {
  return window?.isDestroyed() || contents.isDestroyed();
}
