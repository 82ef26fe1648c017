import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent } from "electron";
import { electron } from "../../host/node";
import { ProkitListener } from "./listener";

/** `ipcRenderer.invoke(REQUEST, msg)` is electron-prokit's sendMsgToMain. */
export const REQUEST = "EPrenderMsgToMain";
/** `ipcRenderer.send(MESSAGE, { windowName, msg })` is its sendMsgToOtherRender. */
export const MESSAGE = "EPrenderMsgToRender";

type TakeRequest = (event: IpcMainInvokeEvent, msg: unknown) => Promise<unknown>;
/** `isAnswered`: electron-prokit itself does what is asked for. */
export type TakeMessage = (event: IpcMainEvent, message: unknown, isAnswered: boolean) => void;

/**
 * Listens to electron-prokit's channels if electron-prokit does not: its handlers go before ours,
 * whichever of the two begins first. ipcMain's methods are read at the moment of the call, so that
 * tools such as Devtron can wrap them.
 */
export class ProkitChannels {
  private _undos: (() => void)[] = [];

  constructor(
    private readonly _takeRequest: TakeRequest,
    private readonly _takeMessage: TakeMessage,
  ) {}

  /** A second time changes nothing. */
  listen() {
    if (this._undos.length > 0) return;
    const { ipcMain } = electron();
    const messages = new ProkitListener(ipcMain, MESSAGE, this._takeMessage);
    messages.listen();
    this._undos.push(() => messages.unlisten(), handleRequests(ipcMain, this._takeRequest));
  }

  /** Leaves the channels to other listeners. */
  unlisten() {
    for (const undo of this._undos.splice(0)) undo();
  }
}

/**
 * Electron allows one handler of a channel, and throws at the second. Ours steps aside as soon as
 * another one comes: nothing but a method in ipcMain's place can know of it before.
 */
function handleRequests(ipcMain: IpcMain, request: TakeRequest): () => void {
  try {
    ipcMain.handle(REQUEST, request);
  } catch {
    // electron-prokit's is there already.
    return () => undefined;
  }
  const { handle } = ipcMain;
  let isOurs = true;
  const stepAside = () => {
    if (isOurs) ipcMain.removeHandler(REQUEST);
    isOurs = false;
    if (ipcMain.handle === handleOrStepAside) ipcMain.handle = handle;
  };
  const handleOrStepAside: typeof handle = (channel, listener) => {
    if (channel === REQUEST) stepAside();
    handle.call(ipcMain, channel, listener);
  };
  ipcMain.handle = handleOrStepAside;
  return stepAside;
}
