import type { WebContents } from "electron";
import { describe } from "../../errors";
import { electron } from "../../host/node";
import { warn } from "../../requests";
import { keepListening } from "../keep";
import type { Windows } from "../windows";
import type { Documents } from "./documents";
import { preloadCause } from "./silence";

/** In UTF-16 units: more of a URL is not shown. */
const MAX_URL = 100;

/**
 * Writes a line on main's console for each window, preload and error. Electron itself writes the error to the
 * console of the page alone.
 */
export class PreloadFailures {
  private readonly _followed = new WeakSet<WebContents>();
  private readonly _warned = new Set<string>();

  constructor(
    private readonly _documents: Pick<Documents, "isGreeted">,
    private readonly _windows: Pick<Windows, "nameOf">,
  ) {}

  /** Follows all windows, those without a name too: their pages send as well. */
  listen() {
    const { app, webContents } = electron();
    keepListening(app, {
      "web-contents-created": (_event: unknown, contents: WebContents) => this._follow(contents),
    });
    // In a microtask: while Electron 9 says that the first contents were created, they are not among all.
    Promise.resolve().then(() => {
      for (const contents of webContents.getAllWebContents()) this._follow(contents);
    });
  }

  private _follow(contents: WebContents) {
    if (this._followed.has(contents)) return;
    this._followed.add(contents);
    // Electron 9 keeps destroyed webContents for good: what they hold of ours must not stay too.
    try {
      const unlisten = keepListening(contents, {
        "preload-error": (_event: unknown, file: string, error: unknown) =>
          this._failed(contents, preloadCause(file, error)),
        destroyed: () => unlisten(),
      });
    } catch {
      // It is gone, or a stand-in of the app's tests. In Electron's own event an error would end main.
    }
  }

  private _failed(contents: WebContents, cause: string) {
    warn(this._warned, `${contents.id} ${cause}`, `${this._subjectOf(contents)}: ${cause}`);
  }

  private _subjectOf(contents: WebContents): string {
    const { id } = contents;
    const name = this._windows.nameOf(id);
    if (name === undefined) {
      return `a window without a name, webContents ${id} (${contents.getURL().slice(0, MAX_URL)})`;
    }
    const window = `window ${describe(name)}`;
    return this._documents.isGreeted(id) ? window : `nothing of ${window} listens`;
  }
}
