import type { BrowserWindow, WebContents } from "electron";
import type { IpcOptions } from "../../index";
import type { Router } from "../core/binding";
import { failure, wrongType } from "../errors";
import { MAX_NAME } from "../protocol/protocol";
import { keepListening } from "./keep";

/** Events of windows with names. */
export interface WindowListener {
  /** A window has got a name. */
  added(contents: WebContents): void;
  /** A window is gone; the id of its contents. */
  closed(contents: number): void;
  /** Messages that waited for a name may be given up. */
  changed(): void;
}

/** A window with a name, and what cannot be read from a destroyed one. */
interface Named {
  readonly window: BrowserWindow;
  readonly contents: WebContents;
  readonly id: number;
}

/**
 * The BrowserWindow behind each name; the names themselves are the router's. A destroyed window has
 * no name, whether or not its `closed` has reached this package: each use of the table looks.
 */
export class Windows {
  private readonly _byName = new Map<string, Named>();
  /** Windows that have our listener of `closed` already: names may come and go. */
  private readonly _followed = new WeakSet<BrowserWindow>();

  private _listener: WindowListener | undefined;

  constructor(private readonly _router: Router) {}

  /** There is one listener; before it comes no window has a name. */
  follow(listener: WindowListener) {
    this._listener = listener;
  }

  add(apiName: string, name: string, window: BrowserWindow) {
    requireLiveWindow(apiName, window);
    // Where a window is gone that had the name, the name is free.
    this.get(name);
    const { webContents: contents } = window;
    const { id } = contents;
    this._router.nameWindow(name, id);
    this._byName.set(name, { window, contents, id });
    this._listener?.added(contents);
    this._follow({ window, contents, id });
  }

  private _follow(named: Named) {
    const { window } = named;
    if (this._followed.has(window)) return;
    this._followed.add(window);
    const closed = () => {
      unfollow();
      this._dispose(named);
    };
    const unfollow = keepListening(window, { closed }, () => isGone(named) && closed());
  }

  private _dispose({ window, id }: Named) {
    for (const [name, named] of this._byName)
      if (named.window === window) this._byName.delete(name);
    this._listener?.closed(id);
    this._listener?.changed();
  }

  /**
   * Asks the app for a window that is not in the table, and registers what it returns. Whether there
   * was one. It is not asked for a name that no window can have.
   */
  resolve(name: string, resolveWindow: IpcOptions["resolveWindow"]): boolean {
    const window = isPossibleName(name) ? resolveWindow?.(name) : undefined;
    if (!window) return false;
    requireWindow("resolveWindow", "its result", window);
    if (!isLive(window)) return false;
    this.add("resolveWindow", name, window);
    return true;
  }

  /** Whether a window had the name. */
  remove(name: string): boolean {
    const had = this.get(name) !== undefined;
    this._byName.delete(name);
    this._router.unnameWindow(name);
    this._listener?.changed();
    return had;
  }

  get(name: string): BrowserWindow | undefined {
    const named = this._byName.get(name);
    if (!named) return undefined;
    if (!isGone(named)) return named.window;
    this._dispose(named);
    return undefined;
  }

  /** The name of the window that has a webContents. */
  nameOf(contents: number): string | undefined {
    for (const [name, named] of this._byName) {
      if (named.id === contents && !isGone(named)) return name;
    }
    return undefined;
  }

  all(): BrowserWindow[] {
    const named = [...this._byName.values()];
    for (const each of named) if (isGone(each)) this._dispose(each);
    return [...this._byName.values()].map(({ window }) => window);
  }
}

function isPossibleName(name: string): boolean {
  // No character has less than a byte, and to count the bytes of megabytes takes time.
  return name.length <= MAX_NAME && Buffer.byteLength(name) <= MAX_NAME;
}

/** A window's contents are gone before the window is. */
function isGone({ window, contents }: Named): boolean {
  return window.isDestroyed() || contents.isDestroyed();
}

function isLive(window: BrowserWindow): boolean {
  // A destroyed window throws where its contents are asked for, and destroyed contents may be null.
  return !window.isDestroyed() && window.webContents?.isDestroyed() === false;
}

function requireLiveWindow(apiName: string, window: BrowserWindow) {
  requireWindow(apiName, "window", window);
  if (!isLive(window))
    throw failure("ERR_TARGET_GONE", `${apiName}: the window was closed already`);
}

/** Members of a BrowserWindow. Nothing else of Electron has all of them. */
const MEMBERS = ["isDestroyed", "loadURL", "webContents", "getBounds"];

function requireWindow(apiName: string, argument: string, window: unknown) {
  const given = Object(window);
  if (MEMBERS.every((member) => member in given)) return;
  const error = wrongType(apiName, argument, "a BrowserWindow", window);
  const advice = adviceFor(given);
  throw advice ? Object.assign(error, { message: `${error.message}: ${advice}` }) : error;
}

/** A sentence about other things of Electron, with the right one in their place. */
function adviceFor(given: object): string | undefined {
  const has = (member: string) => member in given;
  if (has("loadURL") && has("isDestroyed")) {
    return "this is a webContents; pass BrowserWindow.fromWebContents(contents). The page of a view or a webview cannot have a name";
  }
  if (has("webContents")) {
    return "this is a view (WebContentsView or BrowserView), whose page cannot have a name. Without a name, it can send messages and requests. To be sent to, a page needs a BrowserWindow";
  }
  if (has("contentView") || has("getContentBounds")) {
    return "this is a BaseWindow, which has no page of its own";
  }
  return undefined;
}
