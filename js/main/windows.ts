import type { BrowserWindow, WebContents } from "electron";
import { failure, wrongType } from "../errors";
import type { Router } from "./binding";

/** The BrowserWindow behind each name; the names themselves are the router's. */
export class Windows {
  private readonly byName = new Map<string, BrowserWindow>();
  private readonly nameByContents = new Map<number, string>();

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
    this.nameByContents.set(id, name);
    window.once("closed", () => {
      this.router.closeWindow(id);
      if (this.byName.get(name) === window) this.forget(name, id);
    });
  }

  /** Whether a window had the name. */
  remove(name: string): boolean {
    const window = this.byName.get(name);
    if (window) this.forget(name, window.webContents.id);
    return this.router.unnameWindow(name);
  }

  get(name: string): BrowserWindow | undefined {
    return this.byName.get(name);
  }

  nameOf(contents: number): string | undefined {
    return this.nameByContents.get(contents);
  }

  all(): BrowserWindow[] {
    return [...this.byName.values()];
  }

  private forget(name: string, contents: number) {
    this.byName.delete(name);
    this.nameByContents.delete(contents);
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
