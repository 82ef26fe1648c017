import type { IpcMainEvent, WebContents } from "electron";
import { failure, untitled } from "../../errors";
import { CHANNEL } from "../../protocol/protocol";
import { rejectHello } from "./hello";

/** Rejections that a window is sent in a second, beside those over ports: it may send what it likes. */
const MAX_SENT = 20;
const SPAN_MS = 1_000;

const sent = new WeakMap<WebContents, { since: number; count: number }>();

/** Why main does not take a hello that it cannot read. */
export function reasonOf(error: unknown): Error {
  const { message } = Object(error) as { message?: unknown };
  const sentence = `main rejected this page's hello (${message}): a tool changes the arguments of ipc calls, or main has another version of this package`;
  return failure("ERR_NO_MAIN", sentence);
}

/**
 * Answers a hello that main cannot read, so that the requests of its document are rejected at once. The
 * answer goes over its port, which nobody else has. If the port was lost on the way, the answer goes to
 * the frame with the world address, because the frame may have another document by now. No document
 * says hello again because it was rejected.
 */
export function answerUnreadable(
  event: IpcMainEvent,
  hello: unknown,
  why: Error,
  isLetIn: boolean,
) {
  if (event.ports?.length > 0) return rejectHello(event, why);
  const [worldAddress] = Array.isArray(hello) ? (hello as unknown[]) : [];
  if (isLetIn || !Number.isSafeInteger(worldAddress) || !isAnswerDue(event.sender)) return;
  sendBack(event, [(why as { code?: unknown }).code, untitled(why.message)], worldAddress);
}

/** Events with ports have no reply(). */
function sendBack({ sender, senderFrame, frameId }: IpcMainEvent, ...answer: unknown[]) {
  if (senderFrame) senderFrame.send(CHANNEL, ...answer);
  // Electron 9 to 11.
  else if (senderFrame === undefined) sender.sendToFrame(frameId, CHANNEL, ...answer);
}

function isAnswerDue(contents: WebContents): boolean {
  const now = Date.now();
  const known = sent.get(contents);
  if (!known || now - known.since >= SPAN_MS || now < known.since) {
    sent.set(contents, { since: now, count: 1 });
    return true;
  }
  known.count += 1;
  return known.count <= MAX_SENT;
}
