import type { WebContents } from "electron";
import { CHANNEL, type Downward, type Link, MAIN_BEGINS, World } from "../protocol/protocol";

/** Whether a frame is a new document's hello. */
export function isHello(link: Link, lanes: number, frame: string): boolean {
  return frame === "" && lanes === 0 && link % 2 === World.Preload;
}

/** Tells a document that main listens; a second time it changes nothing. */
export function answerHello(contents: WebContents, document: number) {
  const answer: Downward = [2 * document, ""];
  contents.send(CHANNEL, ...answer);
}

/** Asks a document that may have said hello before anybody listened to say it again. */
export function askForHello(contents: WebContents) {
  const question: Downward = [MAIN_BEGINS, ""];
  contents.send(CHANNEL, ...question);
}
