import type { BrowserWindow, WebContents } from "electron";
import type { IpcOptions } from "../../index";
import { failure, wrongType } from "../errors";
import type { Router } from "./binding";

/** The BrowserWindow behind each name; the names themselves are the router's. */
export class Windows {
  private readonly byName = new Map<string, BrowserWindow>();
  /** Windows whose end is listened for already: names may come and go. */
  private readonly followed = new WeakSet<BrowserWindow>();

  /** `changed` hears that the router may have something to send. */
  constructor(
    private readonly router: Router,
    private readonly watch: (contents: WebContents) => void,
    private readonly changed: () => void,
  ) {}

  add(call: string, name: string, window: BrowserWindow) {
    requireLiveWindow(call, window);
    this.router.nameWindow(name, window.webContents.id);
    this.byName.set(name, window);
    this.watch(window.webContents);
    this.follow(window);
  }

  private follow(window: BrowserWindow) {
    if (this.followed.has(window)) return;
    this.followed.add(window);
    const { id } = window.webContents;
    window.once("closed", () => {
      this.router.closeWindow(id);
      this.changed();
      for (const [name, named] of this.byName) if (named === window) this.byName.delete(name);
    });
  }

  /** Asks the app for a window that is not in the table, and registers what it returns. */
  resolve(name: string, resolveWindow: IpcOptions["resolveWindow"]) {
    const window = resolveWindow?.(name);
    if (!window) return;
    requireWindow("resolveWindow", "its result", window);
    if (!window.isDestroyed()) this.add("resolveWindow", name, window);
  }

  /** Whether a window had the name. */
  remove(name: string): boolean {
    this.byName.delete(name);
    const had = this.router.unnameWindow(name);
    this.changed();
    return had;
  }

  get(name: string): BrowserWindow | undefined {
    return this.byName.get(name);
  }

  /** The name of the window that has a webContents. */
  nameOf(contents: number): string | undefined {
    for (const [name, window] of this.byName) {
      if (!window.isDestroyed() && window.webContents.id === contents) return name;
    }
    return undefined;
  }

  all(): BrowserWindow[] {
    return [...this.byName.values()];
  }
}

function requireLiveWindow(call: string, window: BrowserWindow) {
  requireWindow(call, "window", window);
  // A destroyed window throws where its webContents are asked for.
  if (window.isDestroyed()) {
    throw failure("ERR_TARGET_GONE", `${call}: the window was closed already`);
  }
}

function requireWindow(call: string, argument: string, window: unknown) {
  const { isDestroyed, loadURL } = (window ?? {}) as Partial<BrowserWindow>;
  if (typeof isDestroyed !== "function" || typeof loadURL !== "function") {
    throw wrongType(call, argument, "a BrowserWindow", window);
  }
}
