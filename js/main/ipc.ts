import type { IpcMainEvent } from "electron";
import { CHANNEL, type Downward } from "../protocol/protocol";
import { askForHello, isHello } from "./hello";
import { electron } from "./node";
import type { Pages } from "./pages";
import type { Deliver } from "./switchyard";

type Receive = (
  endpoint: number,
  lanes: number,
  frame: string,
  attachments: readonly ArrayBuffer[],
) => void;

/** Frames up: whatever a window sends, nothing is thrown here. */
export function listenToWindows(pages: Pages, receive: Receive) {
  const { ipcMain, webContents } = electron();
  // ipcMain's method is read at this moment, so that tools such as Devtron can wrap it.
  ipcMain.on(CHANNEL, (event: IpcMainEvent, ...args: unknown[]) => {
    try {
      take(pages, receive, event, args);
    } catch (error) {
      if ((error as { code?: unknown }).code === "ERR_TARGET_GONE") return; // a page's last words
      warnOnce(event.sender.id, error);
    }
  });
  webContents.getAllWebContents().forEach(askForHello);
}

function take(pages: Pages, receive: Receive, event: IpcMainEvent, args: unknown[]) {
  const [link, lanes, frame, attachments = []] = args;
  // Only a window's main frame is an endpoint. Electron 9 has no senderFrame; there the preload
  // keeps out of subframes.
  if (event.senderFrame?.parent) throw new Error("it came from a subframe");
  if (!Number.isSafeInteger(link) || (link as number) < 0) throw new Error("it has no link");
  if (!isByte(lanes) || typeof frame !== "string" || !areBuffers(attachments)) {
    throw new Error("it is not of this package's making");
  }
  receive(pages.endpointOf(event, link as number), lanes, frame, attachments);
  if (isHello(link as number, lanes, frame)) pages.greeted(event.sender);
}

function isByte(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < 256;
}

function areBuffers(value: unknown): value is ArrayBuffer[] {
  return Array.isArray(value) && value.every((item) => item instanceof ArrayBuffer);
}

const warned = new Set<number>();

/** One line per window: a page that floods main with nonsense must not flood the log. */
function warnOnce(contents: number, error: unknown) {
  if (warned.has(contents)) return;
  warned.add(contents);
  console.warn(`electron-switchyard: a frame from webContents ${contents} was refused: ${error}`);
}

/** Frames down. */
export function deliverTo(pages: Pages): Deliver {
  return (id, link, frame, attachments) => {
    const bare: Downward = [link, frame];
    const args: Downward = attachments.length > 0 ? [link, frame, attachments] : bare;
    const contents = pages.reachable(id);
    try {
      contents?.send(CHANNEL, ...args);
    } catch {
      // The page went away between the question and the send; other windows' frames still go.
    }
  };
}
