import type { WebContents } from "electron";
import { complain } from "../ends";
import { BRIDGE_KEY, PROKIT_FROM_MAIN, PROKIT_FROM_OTHER, WIRE_KEY } from "../protocol/protocol";
import type { Documents } from "./documents";
import type { FrameEvents } from "./ipc";
import type { Ending, Navigation } from "./navigation";
import { originOf } from "./origin";
import { ProkitDocument } from "./prokit-document";
import { ProkitFailures, type TellSender } from "./prokit-failures";
import type { Place } from "./wire";

/** Where a message is from. */
type Spoken = Omit<Place, "origin">;

/** What main does with what windows say. */
export type EndpointEvents = Pick<FrameEvents, "receive" | "acknowledge"> & {
  /** See {@link TellSender}; `target` is the webContents that could not be given the messages. */
  readonly tellSender: (target: number, ...failure: Parameters<TellSender>) => boolean;
};

/** What a page that has loaded shows of itself. */
type Shows = "ours" | "prokit" | "nothing";

/**
 * A page with our bridge is ours, whatever else it has: our preload hands electron-prokit's listeners
 * what comes for them. Electron-prokit's are those with its global or, where the page has Node, its
 * listeners.
 */
const WHAT_IT_SHOWS = `(() => {
  if ("${BRIDGE_KEY}" in window || Symbol.for("${WIRE_KEY}") in window) return "ours";
  if ("electronProkit" in window) return "prokit";
  if (typeof process !== "object" || typeof require !== "function") return "nothing";
  const { ipcRenderer } = require("electron");
  const names = ["${PROKIT_FROM_MAIN}", "${PROKIT_FROM_OTHER}"];
  return names.some((name) => ipcRenderer.listenerCount(name)) ? "prokit" : "nothing";
})()`;

/**
 * Finds out which documents of a window speak electron-prokit's way alone: those that have said
 * something so, and those that have its global when they are loaded. What was sent to the window goes
 * to them from then on; before that they may not listen yet, which electron-prokit's preload does not
 * tell. A document that has our preload too gets nothing here: it has a wire.
 */
export class ProkitWindow {
  private document: ProkitDocument | undefined;
  /** Of the document that has loaded, once it is known. */
  private shows: Shows | undefined;
  private readonly failures: ProkitFailures;
  private isAsking = false;
  private readonly spoke: () => void;

  constructor(
    private readonly contents: WebContents,
    private readonly navigation: Navigation,
    private readonly documents: Documents,
    private readonly events: EndpointEvents,
    private areLetIn: boolean,
  ) {
    const { id } = contents;
    this.failures = new ProkitFailures(id, (...failure) => events.tellSender(id, ...failure));
    this.spoke = navigation.follow({
      ended: (how) => this.end(how),
      unsure: () => this.pause(),
      loaded: () => this.ask(),
    });
    if (navigation.isLoaded) this.ask();
  }

  letIn(are: boolean) {
    this.areLetIn = are;
    if (!are) this.document?.pause();
    else if (this.navigation.isLoaded) this.ask();
  }

  /** Its document says something; who that is. */
  speaks(place: Spoken): ProkitDocument {
    this.spoke();
    const document = this.known(originOf(place.senderFrame, this.contents));
    Object.assign(document.place, placeOf(place));
    return document;
  }

  /** A document of the window has said our hello. */
  greeted() {
    this.shows = "ours";
    this.document?.pause();
  }

  /** `origin`: of the document that is there. One of another origin than that known is another. */
  private known(origin: string): ProkitDocument {
    if (this.document && this.document.place.origin !== origin) this.dismiss("reloaded");
    this.document ??= this.admit(origin);
    if (this.navigation.isLoaded && this.shows && this.shows !== "ours") this.document.listen();
    return this.document;
  }

  private admit(origin: string): ProkitDocument {
    const { receive, acknowledge } = this.events;
    const document = new ProkitDocument(placeIn(this.contents, origin), {
      receive: (...frame) => receive(endpoint, ...frame),
      acknowledge: (frames) => acknowledge(endpoint, frames),
      failed: (failure) => this.failures.add(failure),
    });
    const endpoint = this.documents.admit(document);
    return document;
  }

  private dismiss(how: Ending) {
    if (this.document) this.documents.dismiss(this.document, how);
    this.document = undefined;
  }

  private end(how: Ending) {
    this.dismiss(how);
    this.shows = undefined;
  }

  private pause() {
    this.document?.pause();
    this.shows = undefined;
  }

  /** A document that has loaded may speak electron-prokit's way. */
  private ask() {
    if (!this.areLetIn) return;
    // Electron asks a page that loads again when that has loaded, and listens until then.
    if (this.isAsking) return;
    this.isAsking = true;
    const { navigation } = this;
    const { documents } = navigation;
    const learn = (shows: Shows) => {
      this.isAsking = false;
      if (!navigation.isLoaded) return;
      // A question to one document is not answered by the next.
      if (documents === navigation.documents) this.learn(shows);
      else this.ask();
    };
    this.question()
      .then(learn)
      .catch((error: unknown) => complain("a page could not be asked for its preload", error));
  }

  /** Where it fails, the page is gone, or has other things of these names. */
  private async question(): Promise<Shows> {
    try {
      return (await this.contents.executeJavaScript(WHAT_IT_SHOWS)) as Shows;
    } catch {
      return "nothing";
    }
  }

  private learn(shows: Shows) {
    if (this.shows !== "ours") this.shows = shows;
    if (!this.areLetIn || !(this.document || this.shows === "prokit")) return;
    try {
      this.known(originOf(this.contents.mainFrame, this.contents));
    } catch {
      // Its origin is not let in, which was said on the console.
    }
  }
}

function placeOf({ sender, senderFrame, frameId, processId }: Spoken): Omit<Place, "origin"> {
  return { sender, senderFrame, frameId, processId };
}

/** Electron 9 to 11 know no frames, and tell no ids of any but in messages. */
function placeIn(contents: WebContents, origin: string): Place {
  const { mainFrame } = contents;
  const { routingId = 0, processId = 0 } = mainFrame ?? {};
  return { sender: contents, senderFrame: mainFrame, frameId: routingId, processId, origin };
}
