import type { IpcMainEvent, WebContents } from "electron";
import { hasProkit } from "../../host/files";
import { electron } from "../../host/node";
import { keepListening } from "../keep";
import { preloadsOf } from "../preloads";
import { MESSAGE, REQUEST, type TakeMessage } from "./channels";
import { PreloadTexts } from "./preload-texts";

/**
 * Looks for signs that electron-prokit is in the app:
 * - the app finds its module,
 * - a preload names its request channel,
 * - its main process listens to its message channel,
 * - a message comes on that channel.
 *
 * Until then nothing of ipcMain is replaced, and no page is asked. A request is no sign, because main
 * gets none while the channel has no handler.
 */
export class ProkitSigns {
  private readonly _preloads = new PreloadTexts(REQUEST);
  private _undos: (() => void)[] = [];

  constructor(
    private readonly _shown: () => void,
    private readonly _takeMessage: TakeMessage,
  ) {}

  begin() {
    if (hasProkit()) return this._shown();
    const { app, ipcMain, webContents } = electron();
    this._undos = [
      keepListening(ipcMain, {
        [MESSAGE]: (event: IpcMainEvent, message: unknown) => this._message(event, message),
      }),
      keepListening(app, {
        "web-contents-created": (_event: unknown, contents: WebContents) => this.look(contents),
      }),
    ];
    for (const contents of webContents.getAllWebContents()) this.look(contents);
  }

  end() {
    for (const undo of this._undos.splice(0)) undo();
  }

  /** A window was created or named, or its next document comes. */
  look(contents: WebContents) {
    if (this._undos.length === 0) return;
    if (hasOtherListener() || this._preloads.isIn(preloadsIn(contents))) this._shown();
  }

  private _message(event: IpcMainEvent, message: unknown) {
    const isAnswered = hasOtherListener();
    this._shown();
    this._takeMessage(event, message, isAnswered);
  }
}

/** Whether the message channel has a listener beside that of {@link ProkitSigns}. */
function hasOtherListener(): boolean {
  return electron().ipcMain.listenerCount(MESSAGE) > 1;
}

function preloadsIn(contents: WebContents): string[] {
  try {
    return preloadsOf(contents);
  } catch {
    // It is gone. This is called in Electron's own events, where an error would end main.
    return [];
  }
}
