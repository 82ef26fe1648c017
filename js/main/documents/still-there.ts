import type { WebFrameMain } from "electron";
import { failure } from "../../errors";
import { knownOrigin } from "./origin";
import type { Place } from "./transport";

/**
 * Whether the document that sent a message is still there: the message may come after the next document
 * of its frame. Before Electron 20 main may still see the document before, at the hello of one of
 * another site. There a hello is believed, as before Electron 12, and the next hello of the frame ends
 * the document.
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
    // A window's own frame has another object for each document in a process of its own.
    const frame = senderFrame?.parent ? senderFrame : sender.mainFrame;
    return isSame(frame, processId, frameId);
  } catch {
    // The frame was removed.
    return false;
  }
}

/** The error of what comes from a document that is not there any more. */
export function endedError(): Error {
  return failure("ERR_TARGET_GONE", "its document has ended");
}

function isSame(frame: WebFrameMain, processId: number, frameId: number): boolean {
  return frame.processId === processId && frame.routingId === frameId;
}
