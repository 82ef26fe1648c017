import type { IpcMainEvent, WebContents } from "electron";
import { CHANNEL, type Code } from "../protocol/protocol";

/** Refusals that a window's documents are sent in a second: a page may send what it likes. */
const MAX_SENT = 20;
const SPAN_MS = 1_000;

const CODE: Code = "ERR_NO_MAIN";

const sent = new WeakMap<WebContents, { since: number; count: number }>();

/** Why main does not take a hello that it cannot read. */
export function reasonOf(error: unknown): string {
  const { message } = Object(error) as { message?: unknown };
  return `main refuses this page's hello (${message}): a tool changes the arguments of ipc calls, or main has another version of this package`;
}

/**
 * Answers a hello that main cannot read, so that what its document asks is rejected at once. The
 * answer says which document it is for, as far as the hello does: its frame may have another one by
 * now. It gives no port, and the document says no hello because of it.
 */
export function refuseHello(event: IpcMainEvent, hello: unknown, reason: string) {
  for (const port of event.ports ?? []) port.close();
  if (!mayAnswer(event.sender)) return;
  const [link = hello] = Array.isArray(hello) ? (hello as unknown[]) : [];
  try {
    sendBack(event, [CODE, reason], Number.isSafeInteger(link) ? link : null);
  } catch {
    // Its frame is gone.
  }
}

/** Events with ports have no reply(). */
function sendBack({ sender, senderFrame, frameId }: IpcMainEvent, ...said: unknown[]) {
  if (senderFrame) senderFrame.send(CHANNEL, ...said);
  // Electron 9 to 11.
  else if (senderFrame === undefined) sender.sendToFrame(frameId, CHANNEL, ...said);
}

function mayAnswer(contents: WebContents): boolean {
  const now = Date.now();
  const known = sent.get(contents);
  if (!known || now - known.since >= SPAN_MS || now < known.since) {
    sent.set(contents, { since: now, count: 1 });
    return true;
  }
  known.count += 1;
  return known.count <= MAX_SENT;
}
