import type { WebContents } from "electron";
import { failure } from "../errors";
import { documentOf, type Link, linkOf } from "../protocol/protocol";
import type { Router } from "./binding";
import { askForHello } from "./hello";
import type { Ending, Navigation } from "./navigation";
import { stampedOrigin } from "./origin";
import type { Senders } from "./senders";
import { LAST_WORDS_MS, Subframes } from "./subframes";
import type { Wire } from "./wire";

/** What is used of a document's wire. */
export type DocumentWire = Pick<
  Wire,
  "document" | "contents" | "place" | "send" | "hold" | "close"
>;

/** What the documents' comings and goings mean to others. */
export interface DocumentEvents {
  /** The router may have something to send. */
  readonly changed: () => void;
  /** Nobody waits for answers to these endpoints any more. */
  readonly lost: (endpoints: readonly number[], reason: Error) => void;
  /** A document is there that said no hello so far. */
  readonly unheard: () => void;
}

/** The document of a window that ended last. */
interface Ended {
  readonly document: number;
  /** Not after a crash: then nothing is there. Electron 9 may take a document for gone that is there. */
  readonly mayReturn: boolean;
  /** Whether its last words are still heard. */
  isHeard: boolean;
}

/** The documents of one webContents, as they come and go. The router is told. */
export class WindowDocuments {
  /** The document that is there now, by the number that its preload chose. */
  private current: number | undefined;
  private ended: Ended | undefined;
  /** While it is unsure which document is there, nothing is sent: the number of the question to it. */
  private doubt: number | undefined;
  /** Of the document that is there and the one before, and of those admitted beside them. */
  private readonly wires = new Map<number, DocumentWire>();
  private readonly endpoints = new Map<Link, number>();
  readonly subframes: Subframes;
  private readonly spoke: () => void;

  constructor(
    private readonly contents: WebContents,
    navigation: Navigation,
    private readonly router: Router,
    private readonly senders: Senders,
    private readonly events: DocumentEvents,
  ) {
    const { id } = contents;
    this.subframes = new Subframes(router, senders, id, (...lost) => this.lose(...lost));
    this.spoke = navigation.follow({
      ended: (how) => this.end(how),
      unsure: () => this.askWhoIsThere(),
      // Before, the question may have gone to the document that was leaving.
      ready: () => {
        if (this.doubt === undefined && this.current !== undefined) return;
        events.unheard();
        if (this.doubt === undefined) askForHello(contents, undefined, this.mayReturn());
        else this.askWhoIsThere();
      },
    });
  }

  /** The window's own document says hello over a new wire. */
  hello(wire: Wire) {
    this.enter(wire.document);
    this.wires.get(wire.document)?.close();
    this.wires.set(wire.document, wire);
    wire.answer();
  }

  /** Whether the document that is there has said hello, and was let in. */
  isGreeted(): boolean {
    return this.current !== undefined && this.wires.has(this.current);
  }

  /** Whether a frame has a document that was let in. */
  isLetIn(processId: number, frameId: number): boolean {
    const own = this.current === undefined ? undefined : this.wires.get(this.current)?.place;
    const isOwn = own?.processId === processId && own?.frameId === frameId;
    return isOwn || this.subframes.isLetIn(processId, frameId);
  }

  /**
   * This document is there. Where it was taken for gone it is there after all: in Electron 9
   * overlapping navigations do not tell which of them is done. Its worlds begin anew.
   */
  enter(document: number) {
    if (document === this.current) return;
    const { ended } = this;
    if (ended?.isHeard && ended.document === document) {
      // Its last words: another one is there.
      if (this.current !== undefined) return;
      this.release(document);
      ended.isHeard = false;
    }
    // Where there was none, subframes of this one may have spoken before it did.
    if (this.current !== undefined) this.end("reloaded");
    this.current = document;
    this.spoke();
  }

  /** The document that has a wire says that it is here, with the number of the question to it. */
  here(wire: DocumentWire, question: string) {
    if (this.wires.get(wire.document) !== wire || wire.document !== this.current) return;
    // Its port may be in other hands; the question goes to the document that is there.
    if (question === String(this.doubt)) this.beSure();
  }

  /** It is sure which document is there: what waits goes to it. */
  beSure() {
    if (this.doubt === undefined) return;
    this.doubt = undefined;
    this.router.pauseWindow(this.contents.id, false);
    this.events.changed();
  }

  /** The endpoint of a world that speaks over a wire. */
  endpointOf(wire: DocumentWire, link: Link): number {
    const { document } = wire;
    if (this.wires.get(document) !== wire) throw failure("ERR_TARGET_GONE", "its document is gone");
    const known = this.endpoints.get(link);
    if (known !== undefined) return known;
    const endpoint = this.connect(wire, link);
    if (this.hears(document)) this.retire(document, [endpoint], "reloaded");
    return endpoint;
  }

  /** Lets a document in that says no hello. Returns its endpoint. */
  admit(wire: DocumentWire): number {
    this.wires.set(wire.document, wire);
    return this.connect(wire, linkOf(wire.document));
  }

  /** A document that was admitted has ended. */
  dismiss(wire: DocumentWire, how: Ending) {
    const { document } = wire;
    if (this.wires.get(document) !== wire) return;
    this.retire(document, this.endpointsOf(document), how);
    this.forget(document);
  }

  wireOf(document: number): DocumentWire | undefined {
    return this.wires.get(document);
  }

  /** Of all worlds of documents in the window's own frame. */
  links(): Iterable<Link> {
    return this.endpoints.keys();
  }

  /** The webContents is gone, and all documents with it. */
  close() {
    this.subframes.endAll("closed");
    this.subframes.forget();
    const endpoints = [...this.endpoints.values()];
    this.lose(endpoints, "closed");
    this.senders.release(endpoints);
    for (const wire of this.wires.values()) wire.close();
  }

  /**
   * Is the document the new one, whose hello came before its navigation was done, or the old one,
   * whose own came after the new navigation had begun? Whoever is there says so, and until then
   * nothing is sent to it.
   */
  private askWhoIsThere() {
    this.doubt = Math.floor(Math.random() * 2 ** 40) + 1;
    this.router.pauseWindow(this.contents.id, true);
    askForHello(this.contents, this.doubt, this.mayReturn());
  }

  private mayReturn(): number | undefined {
    return this.ended?.mayReturn ? this.ended.document : undefined;
  }

  private end(how: Ending) {
    this.subframes.endAll(how);
    const { current, ended } = this;
    if (current === undefined) return;
    this.retire(current, this.endpointsOf(current), how);
    if (ended?.isHeard) this.forget(ended.document);
    this.current = undefined;
    this.ended = { document: current, mayReturn: how !== "crashed", isHeard: true };
    this.beSure();
    this.hearLastWords(this.ended);
  }

  /**
   * What comes of a document that has ended is its last words if its ports close, as those of a
   * document that ends do; a port that is in other hands stays open.
   */
  private hearLastWords(ended: Ended) {
    this.wires.get(ended.document)?.hold();
    setTimeout(() => {
      if (this.ended !== ended || !ended.isHeard) return;
      ended.isHeard = false;
      this.forget(ended.document);
    }, LAST_WORDS_MS);
  }

  private hears(document: number): boolean {
    return this.ended?.document === document && this.ended.isHeard;
  }

  private connect(wire: DocumentWire, link: Link): number {
    const { place } = wire;
    const endpoint = this.router.connect(this.contents.id, link, stampedOrigin(place.origin));
    this.senders.know(endpoint, place);
    this.endpoints.set(link, endpoint);
    return endpoint;
  }

  /** A document has gone: its endpoints may have last words, and hear nothing any more. */
  private retire(document: number, endpoints: number[], how: Ending) {
    const wire = this.wires.get(document);
    if (wire) wire.place.hasEnded = true;
    this.router.endDocument(this.contents.id, document, how === "crashed");
    this.lose(endpoints, how);
  }

  private lose(endpoints: readonly number[], how: Ending) {
    const error = failure("ERR_TARGET_GONE", `the asker is gone: ${SENTENCES[how]}`);
    const reason = Object.assign(error, { reason: how });
    this.senders.lose(endpoints, reason);
    this.events.lost(endpoints, reason);
    this.events.changed();
  }

  private forget(document: number) {
    this.release(document);
    this.wires.get(document)?.close();
    this.wires.delete(document);
  }

  private release(document: number) {
    this.senders.release(this.endpointsOf(document));
    for (const link of this.endpoints.keys()) {
      if (documentOf(link) === document) this.endpoints.delete(link);
    }
  }

  private endpointsOf(document: number): number[] {
    const known = [...this.endpoints].filter(([link]) => documentOf(link) === document);
    return known.map(([, endpoint]) => endpoint);
  }
}

const SENTENCES: Readonly<Record<Ending, string>> = {
  closed: "its window was closed",
  crashed: "its page crashed",
  reloaded: "its page was reloaded or replaced by another",
};
