import type { IpcMainEvent, WebContents } from "electron";
import {
  CHANNEL,
  type Hello,
  SUBFRAME,
  World,
  type WorldAddress,
  worldAddressOf,
} from "../../protocol/protocol";
import { originOf } from "./origin";
import { isOfSubframe, type Place } from "./transport";

/** What a question can be sent to: a window's own frame, or a subframe. */
interface Receiver {
  send(channel: string, ...args: unknown[]): void;
}

/** A document's hello. Throws where it is none, or not the sender's to say. */
export function helloOf({ ports, senderFrame }: IpcMainEvent, hello: unknown): Hello {
  // A tool between may drop the last argument. A new number is as good as the document's own.
  const said = hello === undefined ? [firstAddress(senderFrame)] : hello;
  const [worldAddress, origin] = (Array.isArray(said) ? said : []) as unknown[];
  if (!isFirstAddress(worldAddress) || ports?.length !== WORLDS) {
    throw new Error("it is no hello of this package's making");
  }
  // Electron 9 to 11 do not tell which frame speaks; there the world address is believed.
  if (senderFrame && isOfSubframe(worldAddress) !== Boolean(senderFrame.parent)) {
    throw new Error("its world's address is not its frame's");
  }
  return [worldAddress, typeof origin === "string" ? origin : ""];
}

function firstAddress(frame: IpcMainEvent["senderFrame"] | undefined): WorldAddress {
  return worldAddressOf(Math.floor(Math.random() * 2 ** 40)) + (frame?.parent ? SUBFRAME : 0);
}

/** A document offers a port for each of its worlds. */
const WORLDS = Object.keys(World).length;

function isFirstAddress(value: unknown): value is WorldAddress {
  return (
    Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) % SUBFRAME === 0
  );
}

/** Where the document is that says hello. */
export function placeOf(event: IpcMainEvent, claim: string): Place {
  const { sender, senderFrame, frameId, processId } = event;
  const origin = originOf(senderFrame, sender, claim);
  return { sender, senderFrame, frameId, processId, origin };
}

/**
 * Asks documents to say hello that may have done so before anybody listened. The window's own is
 * told the number of the question, and which document was taken for gone.
 */
export function askForHello(contents: WebContents, question = 0, ended?: number) {
  for (const frame of framesOf(contents)) frame.send(CHANNEL, question, ended);
}

/** Tells a document why it is not let in, over a port that it offered, and closes them all. */
export function rejectHello({ ports }: IpcMainEvent, why: Error) {
  const { code } = why as { code?: unknown };
  ports[World.Preload]?.postMessage([code, why.message]);
  for (const port of ports) port.close();
}

/** Electron 9 to 11 know a window's own frame only. */
function framesOf(contents: WebContents): Receiver[] {
  return contents.mainFrame?.framesInSubtree ?? [contents];
}
