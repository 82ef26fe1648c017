import type { BrowserView, BrowserWindow, WebContents } from "electron";
import { electron } from "../host/node";

/** The BrowserWindow whose own contents these are. */
export function windowOf(contents: WebContents): BrowserWindow | undefined {
  // Electron's own look-up gives a view's contents, and a guest, the window that they are in.
  const window = electron().BrowserWindow.fromWebContents(contents);
  return window?.webContents === contents ? window : undefined;
}

/** Members that Electron's types leave out: `destroy`, and `close` in Electron 9 to 21. */
type Contents = Omit<WebContents, "close"> & { close?(): void; destroy?(): void };

/**
 * Ends the contents of a view or a guest, at once or soon. `close` is for an Electron without `destroy`: that
 * of 22 leaves the contents of a BrowserView.
 */
export function end(contents: WebContents) {
  const { hostWebContents: host, id } = contents;
  const { close, destroy } = contents as Contents;
  if (host && !close) return removeGuest(host, id);
  detach(contents);
  const view = close ? undefined : viewOf(contents);
  if (view?.destroy) return view.destroy();
  (destroy ?? close)?.call(contents);
}

/** Electron 9 crashes when the host of a guest is destroyed whose contents were. */
function removeGuest(host: WebContents, id: number) {
  const script = `for (const each of document.querySelectorAll("webview"))
    if (each.getWebContentsId() === ${id}) each.remove()`;
  host.executeJavaScript(script).catch(() => undefined);
}

/** Electron 9 crashes later if the contents of a BrowserView are destroyed without the view. */
function viewOf(contents: WebContents): { destroy?(): void } | null | undefined {
  const { BrowserView } = electron() as unknown as {
    BrowserView?: { fromWebContents?(contents: WebContents): { destroy?(): void } | null };
  };
  return BrowserView?.fromWebContents?.(contents);
}

/**
 * Takes a BrowserView out of its window: where its contents are destroyed before that, Electron crashes when
 * the window is destroyed.
 */
function detach(contents: WebContents) {
  for (const window of electron().BrowserWindow.getAllWindows()) {
    const view = viewsIn(window).find((each) => each.webContents === contents);
    if (view) window.removeBrowserView(view);
  }
}

/** An Electron without BrowserView has no such member. */
function viewsIn(window: BrowserWindow & { getBrowserViews?(): BrowserView[] }): BrowserView[] {
  return window.isDestroyed() ? [] : (window.getBrowserViews?.() ?? []);
}
