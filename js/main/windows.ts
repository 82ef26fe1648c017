import type { BrowserWindow, WebContents } from "electron";
import type { IpcOptions } from "../../index";
import { failure, wrongType } from "../errors";
import type { Router } from "./binding";

/** The BrowserWindow behind each name; the names themselves are the router's. */
export class Windows {
  private readonly byName = new Map<string, BrowserWindow>();

  constructor(
    private readonly router: Router,
    private readonly watch: (contents: WebContents) => void,
  ) {}

  add(call: string, name: string, window: BrowserWindow) {
    requireLiveWindow(call, window);
    const { id } = window.webContents;
    this.router.nameWindow(name, id);
    if (this.byName.get(name) === window) return;
    this.watch(window.webContents);
    this.byName.set(name, window);
    window.once("closed", () => {
      this.router.closeWindow(id);
      if (this.byName.get(name) === window) this.byName.delete(name);
    });
  }

  /** Asks the app for a window that is not in the table, and registers what it returns. */
  resolve(name: string, resolveWindow: IpcOptions["resolveWindow"]) {
    const window = resolveWindow?.(name);
    if (window && !window.isDestroyed()) this.add("resolveWindow", name, window);
  }

  /** Whether a window had the name. */
  remove(name: string): boolean {
    this.byName.delete(name);
    return this.router.unnameWindow(name);
  }

  get(name: string): BrowserWindow | undefined {
    return this.byName.get(name);
  }

  all(): BrowserWindow[] {
    return [...this.byName.values()];
  }
}

function requireLiveWindow(call: string, window: unknown) {
  const { webContents, isDestroyed, once } = (window ?? {}) as Partial<BrowserWindow>;
  if (typeof isDestroyed !== "function" || typeof once !== "function") {
    throw wrongType(call, "window", "a BrowserWindow", window);
  }
  if ((window as BrowserWindow).isDestroyed() || typeof webContents?.id !== "number") {
    throw failure("ERR_TARGET_GONE", `${call}: the window was closed already`);
  }
}
