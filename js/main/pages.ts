import type { IpcMainEvent, WebContents } from "electron";
import { failure } from "../errors";
import { CHANNEL, type Downward, documentOf, type Link, SUBFRAME } from "../protocol/protocol";
import type { Router } from "./binding";
import { answerHello, askForHello } from "./hello";
import type { Senders } from "./senders";
import { type Ending, Subframes } from "./subframes";

/** Chromium's code for a navigation that was given up. */
const ERR_ABORTED = -3;

/** A listener of any event: Electron's types have a signature for each, and a list needs one. */
type Listener = Parameters<NodeJS.EventEmitter["on"]>[1];

type FrameIds = [processId: number, frameId: number];

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
  readonly subframes: Subframes;
}

/** What the pages' comings and goings mean to others. */
export interface PageEvents {
  /** The router may have something to send. */
  readonly changed: () => void;
  /** Nobody waits for answers to these endpoints any more. */
  readonly lost: (endpoints: readonly number[], reason: Error) => void;
}

/** Follows each window's documents as they come and go, and tells the router. */
export class Pages {
  private readonly pages = new Map<number, Page>();

  constructor(
    private readonly router: Router,
    private readonly senders: Senders,
    private readonly events: PageEvents,
  ) {}

  /** Begins to follow a webContents; a second time changes nothing. */
  watch(contents: WebContents): Page {
    const known = this.pages.get(contents.id);
    return known ?? this.follow(contents);
  }

  /**
   * A document says hello. Where it was taken for gone it is there after all: in Electron 9
   * overlapping navigations do not tell which of them is done. Its worlds begin anew.
   */
  hello(contents: WebContents, link: Link) {
    const page = this.watch(contents);
    if (page.document !== undefined || documentOf(link) !== page.previous) return;
    this.forget(page, page.previous);
    page.previous = undefined;
  }

  /** The endpoint of a frame's sender; a new document shows itself by its link. */
  endpointOf(event: IpcMainEvent, link: Link): number {
    const page = this.watch(event.sender);
    if (isOfSubframe(link)) return page.subframes.endpointOf(event, link);
    const document = documentOf(link);
    if (document !== page.document && document !== page.previous) {
      // Where there was none, subframes of this one may have spoken before it did.
      if (page.document !== undefined) this.end(page);
      page.document = document;
    }
    const known = page.endpoints.get(link);
    if (known !== undefined) return known;
    const endpoint = this.connect(page, event, link);
    if (document === page.previous) this.retire(page, document, [endpoint]);
    return endpoint;
  }

  /** The document that is there has said hello. */
  greeted(contents: WebContents) {
    const page = this.watch(contents);
    this.greet(page);
    if (!page.doubted) return;
    page.doubted = false;
    this.router.pauseWindow(page.contents.id, false);
    this.events.changed();
  }

  /** The subframes of the window that an event came from. */
  subframesOf(event: IpcMainEvent): Subframes {
    return this.watch(event.sender).subframes;
  }

  /** Subframes are let in from now on: `listen` is told what they listen to already. */
  admitSubframes(listen: (endpoint: number, lanes: number) => void) {
    for (const { subframes } of this.pages.values()) subframes.admit(listen);
  }

  /** Whether a document has spoken under a link, and may still have last words. */
  knows(id: number, link: Link): boolean {
    return this.pages.get(id)?.endpoints.has(link) ?? false;
  }

  /** Sends a frame to a document; does nothing where that is gone. */
  deliver(id: number, ...frame: Downward) {
    const page = this.pages.get(id);
    // A crashed page is not destroyed; sending to it is pointless all the same.
    if (!page || page.contents.isDestroyed() || page.contents.isCrashed()) return;
    if (isOfSubframe(frame[0])) page.subframes.deliver(...frame);
    else page.contents.send(CHANNEL, ...frame);
  }

  private connect(page: Page, event: IpcMainEvent, link: Link): number {
    const endpoint = this.router.connect(event.sender.id, link);
    this.senders.know(endpoint, event);
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
      subframes: new Subframes(this.router, this.senders, id, (...lost) => this.lose(...lost)),
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
    const crashed = () => this.end(page, "crashed");
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
        if (page.doubted || page.document === undefined) askForHello(page.contents);
        this.greet(page);
      },
      "did-fail-load": (_details, code, _description, _url, isMainFrame) => {
        // After an abort the old document is still there; after anything else an error page is.
        if (isMainFrame && code !== ERR_ABORTED && page.document === page.leaving) this.end(page);
      },
      "did-frame-navigate": (_event, _url, _code, _text, _isMainFrame, ...frame) =>
        page.subframes.settled(...(frame as FrameIds)),
      "did-frame-finish-load": (_event, _isMainFrame, ...frame) =>
        page.subframes.settled(...(frame as FrameIds)),
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

  private end(page: Page, how: Ending = "reloaded") {
    page.subframes.endAll(how);
    if (page.document === undefined) return;
    this.retire(page, page.document, endpointsOf(page, page.document), how);
    this.forget(page, page.previous);
    page.previous = page.document;
    page.document = undefined;
    page.leaving = undefined;
  }

  /** A document has gone: its endpoints may have last words, and hear nothing any more. */
  private retire(page: Page, document: number, endpoints: number[], how: Ending = "reloaded") {
    this.router.endDocument(page.contents.id, document, how === "crashed");
    this.lose(endpoints, how);
  }

  private close(id: number) {
    const page = this.pages.get(id);
    this.pages.delete(id);
    this.router.closeWindow(id);
    if (!page) return;
    page.subframes.endAll("closed");
    page.subframes.forget();
    const endpoints = [...page.endpoints.values()];
    this.lose(endpoints, "closed");
    this.senders.release(endpoints);
  }

  private lose(endpoints: readonly number[], how: Ending) {
    const error = failure("ERR_TARGET_GONE", `the asker is gone: ${SENTENCES[how]}`);
    const reason = Object.assign(error, { reason: how });
    this.senders.lose(endpoints, reason);
    this.events.lost(endpoints, reason);
    this.events.changed();
  }

  private forget(page: Page, document: number | undefined) {
    if (document === undefined) return;
    this.senders.release(endpointsOf(page, document));
    for (const link of page.endpoints.keys()) {
      if (documentOf(link) === document) page.endpoints.delete(link);
    }
  }
}

const SENTENCES = {
  closed: "its window was closed",
  crashed: "its page crashed",
  reloaded: "its page was reloaded or replaced by another",
};

export function isOfSubframe(link: Link): boolean {
  return link % (2 * SUBFRAME) >= SUBFRAME;
}

function endpointsOf(page: Page, document: number): number[] {
  const known = [...page.endpoints].filter(([link]) => documentOf(link) === document);
  return known.map(([, endpoint]) => endpoint);
}
