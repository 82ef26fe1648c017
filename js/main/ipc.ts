import type { IpcMainEvent } from "electron";
import { CHANNEL, type Downward, GOODBYE, type Link } from "../protocol/protocol";
import { askForHello, isHello } from "./hello";
import { electron } from "./node";
import { isOfSubframe, type Pages } from "./pages";
import { refusal } from "./refusal";
import type { Deliver } from "./switchyard";

type Receive = (
  endpoint: number,
  lanes: number,
  frame: string,
  attachments: readonly ArrayBuffer[],
) => void;

/** Frames up: whatever a window sends, nothing is thrown here. */
export function listenToWindows(pages: Pages, subframes: () => boolean, receive: Receive) {
  const { ipcMain, webContents } = electron();
  // ipcMain's method is read at this moment, so that tools such as Devtron can wrap it.
  ipcMain.on(CHANNEL, (event: IpcMainEvent, ...args: unknown[]) => {
    try {
      take(pages, subframes, receive, event, args);
    } catch (error) {
      if ((error as { code?: unknown }).code === "ERR_TARGET_GONE") return; // a page's last words
      warnOnce(event.sender.id, error);
    }
  });
  webContents.getAllWebContents().forEach(askForHello);
}

function take(
  pages: Pages,
  subframes: () => boolean,
  receive: Receive,
  event: IpcMainEvent,
  args: unknown[],
) {
  const [link, lanes, frame, attachments, origin] = checked(args);
  if (!mayUse(pages, event, link)) throw new Error("its link is not its frame's");
  const greets = isHello(link, lanes, frame);
  if (isOfSubframe(link) && greets) return pages.subframesOf(event).greet(event, link, origin);
  if (lanes === GOODBYE) return pages.subframesOf(event).leave(event, link);
  if (isOfSubframe(link) && !subframes()) return refuse(pages, event, link, lanes, frame);
  if (greets) pages.hello(event.sender, link);
  receive(pages.endpointOf(event, link), lanes, frame, attachments);
  if (greets) pages.greeted(event.sender);
}

/** Subframes are not let in: tells one so. */
function refuse(pages: Pages, event: IpcMainEvent, link: Link, lanes: number, frame: string) {
  pages.subframesOf(event).refuse(event, link, lanes);
  const refused = refusal(frame);
  if (refused) pages.deliver(event.sender.id, link, refused);
}

type Checked = [link: Link, lanes: number, frame: string, ArrayBuffer[], origin: unknown];

function checked(args: unknown[]): Checked {
  const [link, lanes, frame, attachments = [], origin] = args;
  if (!isLink(link)) throw new Error("it has no link");
  if (!isByte(lanes) || typeof frame !== "string" || !areBuffers(attachments)) {
    throw new Error("it is not of this package's making");
  }
  return [link, lanes, frame, attachments, origin];
}

/**
 * Whether a frame may speak under a link: a subframe must not speak as its window's own document.
 * Electron 9 to 11 do not tell which frame speaks; there the link is believed.
 */
function mayUse(pages: Pages, event: IpcMainEvent, link: Link): boolean {
  const { senderFrame } = event;
  if (senderFrame) return isOfSubframe(link) === Boolean(senderFrame.parent);
  // Null is a frame that is gone: these are its last words, if it is known.
  return !("senderFrame" in event) || pages.knows(event.sender.id, link);
}

function isLink(value: unknown): value is Link {
  return Number.isSafeInteger(value) && (value as number) >= 0;
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
    try {
      pages.deliver(id, ...args);
    } catch {
      // The page went away between the question and the send; other windows' frames still go.
    }
  };
}
