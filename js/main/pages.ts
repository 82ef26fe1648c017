import type { IpcMainEvent, WebContents } from "electron";
import type { MainEvent } from "../../index";
import type { Link } from "../protocol/protocol";
import type { Router } from "./binding";
import { answerHello, askForHello } from "./hello";

/** Chromium's code for a navigation that was given up. */
const ERR_ABORTED = -3;

/** A listener of any event: Electron's types have a signature for each, and a list needs one. */
type Listener = Parameters<NodeJS.EventEmitter["on"]>[1];

/** What is known of the pages of one webContents. */
interface Page {
  readonly contents: WebContents;
  /** The document that is there now, by the number that its preload chose. */
  document: number | undefined;
  /** The document before, whose last frames may still be on their way. */
  previous: number | undefined;
  /** `document` when the last navigation began. */
  leaving: number | undefined;
  /** Whether nothing is sent until it is sure which document is there. */
  doubted: boolean;
  readonly endpoints: Map<Link, number>;
}

/** Follows each window's documents as they come and go, and tells the router. */
export class Pages {
  private readonly pages = new Map<number, Page>();
  private readonly events = new Map<number, MainEvent>();

  /** Endpoints that are gone while requests of theirs may still wait for a handler. */
  private readonly gone = new Set<number>();

  /** `changed` hears when the router has given something up. */
  constructor(
    private readonly router: Router,
    private readonly changed: () => void,
  ) {}

  /** Begins to follow a webContents; a second time changes nothing. */
  watch(contents: WebContents): Page {
    const known = this.pages.get(contents.id);
    return known ?? this.follow(contents);
  }

  /** The endpoint of a frame's sender; a new document shows itself by its link. */
  endpointOf(event: IpcMainEvent, link: Link): number {
    const page = this.watch(event.sender);
    const document = Math.floor(link / 2);
    if (document !== page.document && document !== page.previous) {
      this.end(page);
      page.document = document;
    }
    return page.endpoints.get(link) ?? this.connect(page, event, link);
  }

  /** The document that is there has said hello. */
  greeted(contents: WebContents) {
    const page = this.watch(contents);
    this.greet(page);
    if (!page.doubted) return;
    page.doubted = false;
    this.router.pauseWindow(page.contents.id, false);
    this.changed();
  }

  /** What handlers are told of a sender. The frame's part of it stays the same for a document. */
  eventOf(endpoint: number, windowName: string | undefined): MainEvent {
    const known = this.events.get(endpoint) as MainEvent;
    if (known.windowName === windowName) return known;
    const event = { ...known, windowName };
    this.events.set(endpoint, event);
    return event;
  }

  /** The webContents, if a frame can be sent to it now. */
  reachable(id: number): WebContents | undefined {
    const contents = this.pages.get(id)?.contents;
    // A crashed page is not destroyed; sending to it is pointless all the same.
    return contents && !contents.isDestroyed() && !contents.isCrashed() ? contents : undefined;
  }

  private connect(page: Page, event: IpcMainEvent, link: Link): number {
    const { sender, frameId, processId } = event;
    const endpoint = this.router.connect(sender.id, link);
    // senderFrame must be read at once: later it may be gone.
    const { senderFrame } = event;
    this.events.set(endpoint, { sender, senderFrame, frameId, processId, windowName: undefined });
    page.endpoints.set(link, endpoint);
    return endpoint;
  }

  private follow(contents: WebContents): Page {
    const { id } = contents;
    const page: Page = {
      contents,
      document: undefined,
      previous: undefined,
      leaving: undefined,
      doubted: false,
      endpoints: new Map(),
    };
    this.pages.set(id, page);
    const emitter: NodeJS.EventEmitter = contents;
    const listeners = Object.entries(this.listeners(page));
    for (const [event, listener] of listeners) emitter.on(event, listener);
    contents.once("destroyed", () => {
      // Electron 9 keeps destroyed webContents for good; what they hold of ours must not stay too.
      for (const [event, listener] of listeners) emitter.removeListener(event, listener);
      this.close(id);
    });
    return page;
  }

  private listeners(page: Page): Record<string, Listener> {
    const crashed = () => this.end(page);
    return {
      "did-start-navigation": (details, _url, isInPlace, isMainFrame) => {
        if ((details.isMainFrame ?? isMainFrame) && !(details.isSameDocument ?? isInPlace)) {
          page.leaving = page.document;
        }
      },
      "did-navigate": () => {
        if (page.document === page.leaving) this.end(page);
        else this.doubt(page);
        this.greet(page);
      },
      "dom-ready": () => {
        // Before, the question may have gone to the document that was leaving.
        if (page.doubted) askForHello(page.contents);
        this.greet(page);
      },
      "did-fail-load": (_details, code, _description, _url, isMainFrame) => {
        // After an abort the old document is still there; after anything else an error page is.
        if (isMainFrame && code !== ERR_ABORTED && page.document === page.leaving) this.end(page);
      },
      "render-process-gone": crashed,
      crashed,
    };
  }

  /**
   * In Electron 9 a new document's hello may come before its navigation is done: `document` is the
   * new one then, and the answer went to the old. Here it goes to the new one, for good.
   */
  private greet(page: Page) {
    if (page.document !== undefined) answerHello(page.contents, page.document);
  }

  /**
   * Is `document` the new one, whose hello came before its navigation was done, or the old one,
   * whose own came after the new navigation had begun? Whoever is there says so, and until then
   * nothing is sent to it.
   */
  private doubt(page: Page) {
    page.doubted = true;
    this.router.pauseWindow(page.contents.id, true);
    askForHello(page.contents);
  }

  private end(page: Page) {
    if (page.document === undefined) return;
    this.router.endDocument(page.contents.id, page.document);
    this.changed();
    this.forget(page, page.previous);
    page.previous = page.document;
    page.document = undefined;
    page.leaving = undefined;
  }

  private close(id: number) {
    const page = this.pages.get(id);
    this.pages.delete(id);
    this.router.closeWindow(id);
    this.changed();
    this.release([...(page?.endpoints.values() ?? [])]);
  }

  private forget(page: Page, document: number | undefined) {
    if (document === undefined) return;
    for (const link of [2 * document, 2 * document + 1]) {
      const endpoint = page.endpoints.get(link);
      page.endpoints.delete(link);
      if (endpoint !== undefined) this.release([endpoint]);
    }
  }

  /** Forgets endpoints as soon as no request waits whose handler would ask for them. */
  private release(endpoints: readonly number[]) {
    for (const endpoint of endpoints) this.gone.add(endpoint);
    if (this.router.waitingRequests() > 0) return;
    for (const endpoint of this.gone) this.events.delete(endpoint);
    this.gone.clear();
  }
}
