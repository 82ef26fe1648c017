import type { WebContents } from "electron";
import { failure } from "../errors";
import { documentOf, type Link, linkOf } from "../protocol/protocol";
import type { Router } from "./binding";
import { onCrash } from "./crash";
import { askForHello } from "./hello";
import { keepListening, type Listener } from "./keep";
import { stampedOrigin } from "./origin";
import type { Senders } from "./senders";
import { type Ending, LAST_WORDS_MS, Subframes } from "./subframes";
import { type Attachments, isOfSubframe, type Place, type Wire } from "./wire";

/** Chromium's code for a navigation that was given up. */
export const ERR_ABORTED = -3;

/** Longer than Electron takes to tell of a crash after it has closed the page's ports, in ms. */
const CRASH_IS_TOLD_MS = 100;

/** What pages need of a document's wire. */
export type DocumentWire = Pick<
  Wire,
  "document" | "contents" | "place" | "send" | "hold" | "close"
>;

/** What is known of the pages of one webContents. */
interface Page {
  readonly contents: WebContents;
  /** The document that is there now, by the number that its preload chose. */
  document: number | undefined;
  /** The document before, for as long as its last words are heard. */
  previous: number | undefined;
  /** The document that was taken for gone last, unless its page crashed. */
  ended: number | undefined;
  /** `document` when the last navigation began. */
  leaving: number | undefined;
  /** Whether nothing is sent until it is sure which document is there. */
  doubted: boolean;
  /** The number of the question that was asked last, while its answer is awaited. */
  question: number | undefined;
  /** Of the document that is there and the one before, and of those admitted beside them. */
  readonly wires: Map<number, DocumentWire>;
  readonly endpoints: Map<Link, number>;
  readonly subframes: Subframes;
}

/** What the pages' comings and goings mean to others. */
export interface PageEvents {
  /** The router may have something to send. */
  readonly changed: () => void;
  /** Nobody waits for answers to these endpoints any more. */
  readonly lost: (endpoints: readonly number[], reason: Error) => void;
  /** A document is there that said no hello so far. */
  readonly unheard: () => void;
  /** Why a document that says no hello is not let in, if it is not. */
  readonly refusalOf: (place: Place) => Error | undefined;
  /** A window's own document has said hello. */
  readonly greeted: (contents: number) => void;
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

  /** A document says hello over a new wire. */
  hello(wire: Wire) {
    const page = this.watch(wire.place.sender);
    if (wire.isOfSubframe) return page.subframes.greet(wire);
    this.enter(page, wire.document);
    page.wires.get(wire.document)?.close();
    page.wires.set(wire.document, wire);
    wire.answer();
    this.events.greeted(wire.contents);
    this.beSure(page);
  }

  /** Whether a window's document that is there has said hello, and was let in. */
  isGreeted(id: number): boolean {
    const page = this.pages.get(id);
    return page?.document !== undefined && page.wires.has(page.document);
  }

  /** Whether a frame has a document that was let in. */
  isLetIn({
    sender,
    processId,
    frameId,
  }: Pick<Place, "sender" | "processId" | "frameId">): boolean {
    const page = this.pages.get(sender.id);
    if (!page) return false;
    const own = page.document === undefined ? undefined : page.wires.get(page.document)?.place;
    const isOwn = own?.processId === processId && own?.frameId === frameId;
    return isOwn || page.subframes.isLetIn(processId, frameId);
  }

  /** A document says hello, and is not let in: it is there all the same, and no other. */
  turnedAway(place: Place, link: Link) {
    const page = this.watch(place.sender);
    if (!isOfSubframe(link)) this.enter(page, documentOf(link));
  }

  /** A document that main knows says that it is here, with the number of the question to it. */
  here(wire: Wire, question: string) {
    const page = this.pages.get(wire.contents);
    if (page?.wires.get(wire.document) !== wire || wire.document !== page.document) return;
    // Its port may be in other hands; the question goes to the document that is there.
    if (question === String(page.question)) this.beSure(page);
  }

  /** A document says that it leaves. Windows' own are known to leave otherwise. */
  left(wire: Wire) {
    if (wire.isOfSubframe) this.pages.get(wire.contents)?.subframes.left(wire);
  }

  /** A document is gone that may not have come to say so. */
  lost(wire: Wire) {
    // A crash of its page closes the wire too, and is the better reason; it is told soon.
    if (wire.isOfSubframe) setTimeout(() => this.left(wire), CRASH_IS_TOLD_MS);
  }

  /** The endpoint of a world that speaks over a wire. */
  endpointOf(wire: Wire, link: Link): number {
    const page = this.pages.get(wire.contents);
    if (page && wire.isOfSubframe) return page.subframes.endpointOf(wire, link);
    if (page?.wires.get(wire.document) !== wire) {
      throw failure("ERR_TARGET_GONE", "its document is gone");
    }
    const known = page.endpoints.get(link);
    if (known !== undefined) return known;
    const endpoint = this.connect(page, wire, link);
    if (wire.document === page.previous) this.retire(page, wire.document, [endpoint]);
    return endpoint;
  }

  /**
   * Lets a document in that says no hello, beside those that do. Whoever admits it tells when it has
   * ended; its window's closing ends it too. Returns its endpoint.
   */
  admit(wire: DocumentWire): number {
    const refused = this.events.refusalOf(wire.place);
    if (refused) throw refused;
    const page = this.watch(wire.place.sender);
    page.wires.set(wire.document, wire);
    return this.connect(page, wire, linkOf(wire.document));
  }

  /** A document that was admitted has ended. */
  dismiss(wire: DocumentWire, how: Ending) {
    const page = this.pages.get(wire.contents);
    if (page?.wires.get(wire.document) !== wire) return;
    this.retire(page, wire.document, endpointsOf(page, wire.document), how);
    this.forget(page, wire.document);
  }

  /** Notes what a subframe listens to that is not let in. */
  refuse(wire: Wire, link: Link, lanes: number) {
    this.pages.get(wire.contents)?.subframes.refuse(wire, link, lanes);
  }

  /** Subframes are let in from now on: `listen` is told what they listen to already. */
  admitSubframes(listen: (endpoint: number, lanes: number) => void) {
    for (const { subframes } of this.pages.values()) subframes.admit(listen);
  }

  /** Sends a frame to a document; does nothing where that is gone. */
  deliver(id: number, link: Link, frame: string, attachments: Attachments) {
    const page = this.pages.get(id);
    if (isOfSubframe(link)) page?.subframes.deliver(link, frame, attachments);
    else page?.wires.get(documentOf(link))?.send(link, frame, attachments);
  }

  /** Sends a frame that the router does not know of to each world of a window's document. */
  notify(id: number, frame: string) {
    for (const link of this.pages.get(id)?.endpoints.keys() ?? []) {
      if (!isOfSubframe(link)) this.deliver(id, link, frame, []);
    }
  }

  /**
   * This document is there. Where it was taken for gone it is there after all: in Electron 9
   * overlapping navigations do not tell which of them is done. Its worlds begin anew.
   */
  private enter(page: Page, document: number) {
    if (document === page.document) return;
    if (document === page.previous) {
      if (page.document !== undefined) return;
      this.release(page, document);
      page.previous = undefined;
    }
    // Where there was none, subframes of this one may have spoken before it did.
    if (page.document !== undefined) this.end(page);
    page.document = document;
  }

  /**
   * A document has ended. What comes is its last words if its ports close, as those of a document
   * that ends do; a port that is in other hands stays open.
   */
  private silence(page: Page, document: number | undefined) {
    const wire = document !== undefined && page.wires.get(document);
    if (!wire) return;
    wire.hold();
    setTimeout(() => {
      if (page.previous !== document || page.wires.get(document) !== wire) return;
      this.forget(page, document);
      page.previous = undefined;
    }, LAST_WORDS_MS);
  }

  private beSure(page: Page) {
    if (!page.doubted) return;
    page.doubted = false;
    this.router.pauseWindow(page.contents.id, false);
    this.events.changed();
  }

  private connect(page: Page, wire: DocumentWire, link: Link): number {
    const { place } = wire;
    const endpoint = this.router.connect(page.contents.id, link, stampedOrigin(place.origin));
    this.senders.know(endpoint, place);
    page.endpoints.set(link, endpoint);
    return endpoint;
  }

  private follow(contents: WebContents): Page {
    const { id } = contents;
    const page: Page = {
      contents,
      document: undefined,
      previous: undefined,
      ended: undefined,
      leaving: undefined,
      doubted: false,
      question: undefined,
      wires: new Map(),
      endpoints: new Map(),
      subframes: new Subframes(this.router, this.senders, id, (...lost) => this.lose(...lost)),
    };
    this.pages.set(id, page);
    const destroyed = () => {
      // Electron 9 keeps destroyed webContents for good; what they hold of ours must not stay too.
      unlisten();
      this.close(id);
    };
    const listeners = { ...this.listeners(page), destroyed };
    const unlisten = keepListening(
      contents,
      listeners,
      () => contents.isDestroyed() && destroyed(),
    );
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
      },
      "dom-ready": () => {
        // Before, the question may have gone to the document that was leaving.
        if (!page.doubted && page.document !== undefined) return;
        this.events.unheard();
        this.ask(page);
      },
      "did-fail-load": (_details, code, _description, _url, isMainFrame) => {
        // After an abort the old document is still there; after anything else an error page is.
        if (isMainFrame && code !== ERR_ABORTED && page.document === page.leaving) this.end(page);
      },
      ...onCrash(crashed),
    };
  }

  /**
   * Is `document` the new one, whose hello came before its navigation was done, or the old one,
   * whose own came after the new navigation had begun? Whoever is there says so, and until then
   * nothing is sent to it.
   */
  private doubt(page: Page) {
    page.doubted = true;
    this.router.pauseWindow(page.contents.id, true);
    this.ask(page);
  }

  private ask(page: Page) {
    page.question = Math.floor(Math.random() * 2 ** 40) + 1;
    askForHello(page.contents, page.question, page.ended);
  }

  private end(page: Page, how: Ending = "reloaded") {
    page.subframes.endAll(how);
    if (page.document === undefined) return;
    this.retire(page, page.document, endpointsOf(page, page.document), how);
    this.forget(page, page.previous);
    page.previous = page.document;
    page.document = undefined;
    page.leaving = undefined;
    page.question = undefined;
    // Where its page has crashed, nothing is there any more.
    page.ended = how === "crashed" ? undefined : page.previous;
    this.silence(page, page.previous);
  }

  /** A document has gone: its endpoints may have last words, and hear nothing any more. */
  private retire(page: Page, document: number, endpoints: number[], how: Ending = "reloaded") {
    const wire = page.wires.get(document);
    if (wire) wire.place.hasEnded = true;
    this.router.endDocument(page.contents.id, document, how === "crashed");
    this.lose(endpoints, how);
  }

  /** A webContents is gone. A second time changes nothing. */
  close(id: number) {
    const page = this.pages.get(id);
    this.pages.delete(id);
    this.router.closeWindow(id);
    if (!page) return;
    page.subframes.endAll("closed");
    page.subframes.forget();
    const endpoints = [...page.endpoints.values()];
    this.lose(endpoints, "closed");
    this.senders.release(endpoints);
    for (const wire of page.wires.values()) wire.close();
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
    this.release(page, document);
    page.wires.get(document)?.close();
    page.wires.delete(document);
  }

  private release(page: Page, document: number) {
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

function endpointsOf(page: Page, document: number): number[] {
  const known = [...page.endpoints].filter(([link]) => documentOf(link) === document);
  return known.map(([, endpoint]) => endpoint);
}
