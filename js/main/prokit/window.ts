import type { WebContents } from "electron";
import type { MainEvent } from "../../../index";
import type { Switchyard } from "../../core/switchyard";
import {
  BRIDGE_KEY,
  PROKIT_FROM_MAIN,
  PROKIT_FROM_OTHER,
  TRANSPORT_KEY,
} from "../../protocol/protocol";
import { complain } from "../../requests";
import type { Documents } from "../documents/documents";
import type { Ending, Navigation } from "../documents/navigation";
import { originOf } from "../documents/origin";
import type { Place } from "../documents/transport";
import { ProkitDocument } from "./document";
import type { ProkitFailures } from "./failures";

/** The place that a message is from. */
type Spoken = Omit<Place, "origin">;

/** The preload that a page shows when it has loaded. */
type Shows = "ours" | "prokit" | "nothing";

/**
 * A page with our bridge is ours, whatever else it has: our preload hands electron-prokit's listeners
 * what comes for them. Electron-prokit's are those with its global or, where the page has Node, its
 * listeners.
 */
const WHAT_IT_SHOWS = `(() => {
  if ("${BRIDGE_KEY}" in window || Symbol.for("${TRANSPORT_KEY}") in window) return "ours";
  if ("electronProkit" in window) return "prokit";
  if (typeof process !== "object" || typeof require !== "function") return "nothing";
  const { ipcRenderer } = require("electron");
  const names = ["${PROKIT_FROM_MAIN}", "${PROKIT_FROM_OTHER}"];
  return names.some((name) => ipcRenderer.listenerCount(name)) ? "prokit" : "nothing";
})()`;

/**
 * Finds out which documents of a window have electron-prokit's preload alone: those that have used its
 * channels, and those that have its global when they are loaded. Messages to the window go to them
 * from then on. Before that they may not listen yet, and electron-prokit's preload does not show
 * when they do. A document that has our preload too gets nothing here: it has a transport.
 */
export class ProkitWindow {
  private _document: ProkitDocument | undefined;
  /** The preload of the document that has loaded, once it is known. */
  private _shows: Shows | undefined;
  private _isAsking = false;
  private readonly _spoke: () => void;

  constructor(
    private readonly _contents: WebContents,
    private readonly _navigation: Navigation,
    private readonly _documents: Documents,
    private readonly _switchyard: Switchyard<MainEvent>,
    private readonly _failures: ProkitFailures,
    private _isLetIn: boolean,
  ) {
    this._spoke = _navigation.follow({
      ended: (how) => this._end(how),
      unsure: () => this._pause(),
      loaded: () => this._ask(),
    });
    if (_navigation.isLoaded) this._ask();
  }

  setLetIn(isLetIn: boolean) {
    this._isLetIn = isLetIn;
    if (!isLetIn) this._document?.pause();
    else if (this._navigation.isLoaded) this._ask();
  }

  /** Its document sends something. Returns that document. */
  speaks(place: Spoken): ProkitDocument {
    this._spoke();
    const document = this._documentOf(originOf(place.senderFrame, this._contents));
    Object.assign(document.place, placeOf(place));
    return document;
  }

  /** A document of the window has said our hello. */
  greeted() {
    this._shows = "ours";
    this._document?.pause();
  }

  /** `origin`: of the document that is there. One of another origin than that known is another. */
  private _documentOf(origin: string): ProkitDocument {
    if (this._document && this._document.place.origin !== origin) this._endDocument("reloaded");
    this._document ??= this._admit(origin);
    if (this._navigation.isLoaded && this._shows && this._shows !== "ours") this._document.listen();
    return this._document;
  }

  private _admit(origin: string): ProkitDocument {
    const place = placeIn(this._contents, origin);
    return new ProkitDocument(place, this._documents, this._switchyard, this._failures);
  }

  private _endDocument(how: Ending) {
    if (this._document) this._documents.end(this._document, how);
    this._document = undefined;
  }

  private _end(how: Ending) {
    this._endDocument(how);
    this._shows = undefined;
  }

  private _pause() {
    this._document?.pause();
    this._shows = undefined;
  }

  /** A document that has loaded may have electron-prokit's preload. */
  private _ask() {
    if (!this._isLetIn) return;
    // Electron asks a page that loads again when that has loaded, and listens until then.
    if (this._isAsking) return;
    this._isAsking = true;
    const { _navigation: navigation } = this;
    const { documents } = navigation;
    const learn = (shows: Shows) => {
      this._isAsking = false;
      if (!navigation.isLoaded) return;
      // A question to one document is not answered by the next.
      if (documents === navigation.documents) this._learn(shows);
      else this._ask();
    };
    this._question()
      .then(learn)
      .catch((error: unknown) => complain("a page could not be asked for its preload", error));
  }

  /** Where it fails, the page is gone, or has other things of these names. */
  private async _question(): Promise<Shows> {
    try {
      return (await this._contents.executeJavaScript(WHAT_IT_SHOWS)) as Shows;
    } catch {
      return "nothing";
    }
  }

  private _learn(shows: Shows) {
    if (this._shows !== "ours") this._shows = shows;
    if (!this._isLetIn || !(this._document || this._shows === "prokit")) return;
    try {
      this._documentOf(originOf(this._contents.mainFrame, this._contents));
    } catch {
      // Its origin is not let in, and the console has a line about it.
    }
  }
}

function placeOf({ sender, senderFrame, frameId, processId }: Spoken): Omit<Place, "origin"> {
  return { sender, senderFrame, frameId, processId };
}

/** Electron 9 to 11 know no frames, and give ids of them only with messages. */
function placeIn(contents: WebContents, origin: string): Place {
  const { mainFrame } = contents;
  const { routingId = 0, processId = 0 } = mainFrame ?? {};
  return { sender: contents, senderFrame: mainFrame, frameId: routingId, processId, origin };
}
