import type { IpcMainEvent, WebContents } from "electron";
import { failure } from "../errors";
import { CHANNEL, type Hello, type Link, linkOf, SUBFRAME, World } from "../protocol/protocol";
import { isOfSubframe } from "./wire";

/** What a question can be sent to: a window's own frame, or a subframe. */
interface Receiver {
  send(channel: string): void;
}

/** A document's hello. Throws where it is none, or not the sender's to say. */
export function helloOf({ ports, senderFrame }: IpcMainEvent, hello: unknown): Hello {
  if (senderFrame === null) throw failure("ERR_TARGET_GONE", "its frame is gone");
  // A tool between may drop the last argument. A new number is as good as the document's own.
  const said = hello === undefined ? [firstLink(senderFrame)] : hello;
  const [link, origin] = (Array.isArray(said) ? said : []) as unknown[];
  if (!isFirstLink(link) || ports?.length !== WORLDS) {
    throw new Error("it is no hello of this package's making");
  }
  // Electron 9 to 11 do not tell which frame speaks; there the link is believed.
  if (senderFrame && isOfSubframe(link) !== Boolean(senderFrame.parent)) {
    throw new Error("its link is not its frame's");
  }
  return [link, typeof origin === "string" ? origin : ""];
}

function firstLink(frame: IpcMainEvent["senderFrame"] | undefined): Link {
  return linkOf(Math.floor(Math.random() * 2 ** 40)) + (frame?.parent ? SUBFRAME : 0);
}

/** A document offers a port for each of its worlds. */
const WORLDS = Object.keys(World).length;

function isFirstLink(value: unknown): value is Link {
  return (
    Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) % SUBFRAME === 0
  );
}

/** Asks documents to say hello that may have done so before anybody listened. */
export function askForHello(contents: WebContents) {
  for (const frame of framesOf(contents)) frame.send(CHANNEL);
}

/** Electron 9 to 11 know a window's own frame only. */
function framesOf(contents: WebContents): Receiver[] {
  return contents.mainFrame?.framesInSubtree ?? [contents];
}
