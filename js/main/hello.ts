import type { WebContents } from "electron";
import {
  CHANNEL,
  type Downward,
  type Link,
  linkOf,
  MAIN_BEGINS,
  SUBFRAME,
  World,
} from "../protocol/protocol";

/** What a frame can be sent to: a window's own, or a subframe. */
interface Receiver {
  send(channel: string, ...args: Downward): void;
}

/** Whether a frame is a new document's hello. */
export function isHello(link: Link, lanes: number, frame: string): boolean {
  return frame === "" && lanes === 0 && link % SUBFRAME === World.Preload;
}

/** Tells a document that main listens; a second time it changes nothing. */
export function answerHello(receiver: Receiver, document: number) {
  receiver.send(CHANNEL, linkOf(document), "");
}

/** Asks documents that may have said hello before anybody listened to say it again. */
export function askForHello(contents: WebContents) {
  for (const frame of framesOf(contents)) frame.send(CHANNEL, MAIN_BEGINS, "");
}

/** Electron 9 to 11 know a window's own frame only. */
function framesOf(contents: WebContents): Receiver[] {
  return contents.mainFrame?.framesInSubtree ?? [contents];
}
