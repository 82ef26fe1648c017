import type { IpcMainEvent, WebContents } from "electron";
import { untitled } from "../../errors";
import {
  CHANNEL,
  type Hello,
  isFirstAddress,
  isOfSubframe,
  newDocument,
  WORLDS,
  World,
  worldAddressOf,
} from "../../protocol/protocol";
import { originOf } from "./origin";
import type { Place } from "./transport";

/** A receiver of a question: a window's own frame, or a subframe. */
interface Receiver {
  send(channel: string, ...args: unknown[]): void;
}

/** A document's hello. Throws if the message is none, or names another frame's document. */
export function helloOf({ ports, senderFrame }: IpcMainEvent, hello: unknown): Hello {
  // A tool between may drop the last argument. A new number is as good as the document's own.
  const given =
    hello === undefined ? [worldAddressOf(newDocument(), Boolean(senderFrame?.parent))] : hello;
  const [worldAddress, origin] = (Array.isArray(given) ? given : []) as unknown[];
  if (!isFirstAddress(worldAddress) || ports?.length !== WORLDS) {
    throw new Error("it is no hello of this package");
  }
  // Electron 9 to 11 give no sender's frame; there the world address is believed.
  if (senderFrame && isOfSubframe(worldAddress) !== Boolean(senderFrame.parent)) {
    throw new Error("its world address does not fit its frame");
  }
  return [worldAddress, typeof origin === "string" ? origin : ""];
}

/** The place of a document that says hello. */
export function placeOf(event: IpcMainEvent, claim: string): Place {
  const { sender, senderFrame, frameId, processId } = event;
  const origin = originOf(senderFrame, sender, claim);
  return { sender, senderFrame, frameId, processId, origin };
}

/**
 * Asks documents to say hello that may have done so before main listened. The window's own gets the
 * number of the question, and the number of the document that main took for ended.
 */
export function askForHello(contents: WebContents, question = 0, ended?: number) {
  for (const frame of framesOf(contents)) frame.send(CHANNEL, question, ended);
}

/** Rejects a hello over a port that the document has offered, and closes its ports. */
export function rejectHello({ ports }: IpcMainEvent, why: Error) {
  const { code } = why as { code?: unknown };
  ports[World.Preload]?.postMessage([code, untitled(why.message)]);
  for (const port of ports) port.close();
}

/** Electron 9 to 11 know a window's own frame only. */
function framesOf(contents: WebContents): Receiver[] {
  return contents.mainFrame?.framesInSubtree ?? [contents];
}
