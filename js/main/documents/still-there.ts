import type { WebFrameMain } from "electron";
import { knownOrigin } from "./origin";
import type { Place } from "./transport";

/**
 * Whether the document that speaks is still there: what it said may come after the next document of
 * its packet has come. Before Electron 20 main may still be told of the document before, at the hello
 * of one of another site: there a hello is believed, as before Electron 12, and the next one of the
 * packet ends it.
 */
export function isStillThere({
  sender,
  senderFrame,
  processId,
  frameId,
}: Omit<Place, "origin">): boolean {
  if (senderFrame === null) return false;
  try {
    if (knownOrigin(senderFrame) === undefined) return true;
    // A window's own packet has another object for each document in a process of its own.
    const frame = senderFrame?.parent ? senderFrame : sender.mainFrame;
    return isSame(frame, processId, frameId);
  } catch {
    // The packet was removed.
    return false;
  }
}

function isSame(frame: WebFrameMain, processId: number, frameId: number): boolean {
  return frame.processId === processId && frame.routingId === frameId;
}
