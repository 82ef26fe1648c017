import type { WebContents } from "electron";
import { BRIDGE_KEY } from "../protocol/protocol";
import type { FrameEvents } from "./ipc";
import { ERR_ABORTED, type Listener, type Pages } from "./pages";
import { ProkitDocument } from "./prokit-document";
import type { Ending } from "./subframes";
import type { Place } from "./wire";

/** What main does with what windows say. */
export type EndpointEvents = Pick<FrameEvents, "receive" | "acknowledge">;

/**
 * Whether a page has electron-prokit: its global, which is not ours of that name, or, where the
 * page has Node, its listeners.
 */
const HAS_PROKIT = `(() => {
  if ("electronProkit" in window) {
    return !("${BRIDGE_KEY}" in window) || "initDb" in window.electronProkit;
  }
  if (typeof process !== "object" || typeof require !== "function") return false;
  const { ipcRenderer } = require("electron");
  return ["EPmainMsgToRender", "EPrenderMsgToRender"].some((name) => ipcRenderer.listenerCount(name));
})()`;

/**
 * Finds out which documents of a window speak electron-prokit's way: who has said something so, and
 * who has its global when it is loaded. What was sent to the window goes to them from then on; before
 * that they may not listen yet, which electron-prokit's preload does not tell.
 */
export class ProkitWindow {
  private document: ProkitDocument | undefined;
  private isLoaded: boolean;
  /** Whether something was said since the last navigation began: maybe by the next document. */
  private hasNews = false;
  private readonly listeners: Record<string, Listener> = this.listenersOf();

  constructor(
    private readonly contents: WebContents,
    private readonly pages: Pages,
    private readonly events: EndpointEvents,
    private areLetIn: boolean,
  ) {
    const emitter: NodeJS.EventEmitter = contents;
    for (const [event, listener] of Object.entries(this.listeners)) emitter.on(event, listener);
    this.isLoaded = contents.getURL() !== "" && !contents.isLoadingMainFrame();
    if (this.isLoaded) this.ask();
  }

  letIn(are: boolean) {
    this.areLetIn = are;
    if (!are) this.document?.pause();
    else if (this.isLoaded) this.ask();
  }

  /** Its document says something; who that is. */
  speaks(place: Place): ProkitDocument {
    this.hasNews = true;
    const document = this.known();
    Object.assign(document.place, placeOf(place));
    return document;
  }

  forget() {
    const emitter: NodeJS.EventEmitter = this.contents;
    for (const [event, listener] of Object.entries(this.listeners)) {
      emitter.removeListener(event, listener);
    }
  }

  private known(): ProkitDocument {
    this.document ??= this.admit();
    if (this.isLoaded) this.document.listen();
    return this.document;
  }

  private admit(): ProkitDocument {
    const { receive, acknowledge } = this.events;
    const document = new ProkitDocument(placeIn(this.contents), {
      receive: (...frame) => receive(endpoint, ...frame),
      acknowledge: (frames) => acknowledge(endpoint, frames),
    });
    const endpoint = this.pages.admit(document);
    return document;
  }

  private listenersOf(): Record<string, Listener> {
    const crashed = () => this.end("crashed");
    return {
      "did-start-navigation": (details, _url, isInPlace, isMainFrame) => {
        if ((details.isMainFrame ?? isMainFrame) && !(details.isSameDocument ?? isInPlace)) {
          this.hasNews = false;
        }
      },
      "did-navigate": () => {
        if (this.hasNews) this.document?.pause();
        else this.end("reloaded");
        this.isLoaded = false;
      },
      "did-finish-load": () => {
        this.isLoaded = true;
        this.ask();
      },
      "did-fail-load": (_details, code, _description, _url, isMainFrame) => {
        // After an abort the document is still there; after anything else an error page is.
        if (isMainFrame && code !== ERR_ABORTED) this.end("reloaded");
      },
      "render-process-gone": crashed,
      crashed,
    };
  }

  private end(how: Ending) {
    if (this.document) this.pages.dismiss(this.document, how);
    this.document = undefined;
    this.isLoaded = false;
  }

  /** A document that has loaded may speak electron-prokit's way. */
  private ask() {
    if (!this.areLetIn) return;
    if (this.document) return this.document.listen();
    let isSame = true;
    this.contents.once("did-navigate", () => {
      isSame = false;
    });
    this.contents.executeJavaScript(HAS_PROKIT).then(
      (hasProkit) => {
        if (hasProkit === true && isSame && this.isLoaded && this.areLetIn) this.known();
      },
      // It is gone, or has other things of these names.
      () => undefined,
    );
  }
}

function placeOf({ sender, senderFrame, frameId, processId }: Place): Place {
  return { sender, senderFrame, frameId, processId };
}

/** Electron 9 to 11 know no frames, and tell no ids of any but in messages. */
function placeIn(contents: WebContents): Place {
  const { mainFrame } = contents;
  const { routingId = 0, processId = 0 } = mainFrame ?? {};
  return { sender: contents, senderFrame: mainFrame, frameId: routingId, processId };
}
