import type { WebContents } from "electron";
import { electron } from "../../host/node";
import { documentOf, type WorldAddress, worldAddressOf } from "../../protocol/protocol";
import { relisten } from "../keep";
import type { Endpoints } from "./endpoints";
import { askForHello } from "./hello";
import type { Ending, Navigation } from "./navigation";
import { endedError } from "./still-there";
import { FINAL_MESSAGES_MS, Subframes } from "./subframes";
import type { PortTransport } from "./transport";

/** The part of a document's transport that is used here. */
export type DocumentTransport = Pick<
  PortTransport,
  "document" | "contents" | "place" | "send" | "hold" | "close"
>;

/** The document of a window that ended last. */
interface Ended {
  readonly document: number;
  readonly how: Ending;
  /** Whether what it sent before it ended is still handled. */
  isOpen: boolean;
}

/** The documents of one webContents, as they come and go. */
export class WindowDocuments {
  /** The document that is there now, by the number that its preload chose. */
  private _current: number | undefined;
  private _ended: Ended | undefined;
  /**
   * While it is unsure which document is there, nothing is sent: the number of the question to it.
   */
  private _doubt: number | undefined;
  /** The transports of the document that is there and the one before, and of those admitted beside them. */
  private readonly _transports = new Map<number, DocumentTransport>();
  private readonly _endpoints = new Map<WorldAddress, number>();
  readonly subframes: Subframes;
  private readonly _spoke: () => void;

  constructor(
    private readonly _contents: WebContents,
    navigation: Navigation,
    private readonly _allEndpoints: Endpoints,
  ) {
    this.subframes = new Subframes(_allEndpoints, _contents.id);
    this._spoke = navigation.follow({
      ended: (how) => this._endCurrent(how),
      unsure: () => this._askWhoIsThere(),
      // Before, the question may have gone to the document that was leaving.
      ready: () => {
        if (this._doubt === undefined && this._current !== undefined) return;
        // The app may have removed ipcMain's listeners.
        relisten(electron().ipcMain);
        if (this._doubt === undefined) askForHello(_contents, undefined, this._mayReturn());
        else this._askWhoIsThere();
      },
    });
  }

  /** The window's own document says hello over a new transport. */
  hello(transport: PortTransport) {
    this.enter(transport.document);
    this._transports.get(transport.document)?.close();
    this._transports.set(transport.document, transport);
    transport.answer();
  }

  /** Whether the document that is there has said hello, and was let in. */
  isGreeted(): boolean {
    return this._current !== undefined && this._transports.has(this._current);
  }

  /** Whether any document has a transport: one that has said hello, or was admitted beside those. */
  isConnected(): boolean {
    return this._transports.size > 0;
  }

  /** Whether a frame has a document that was let in. */
  isLetIn(processId: number, frameId: number): boolean {
    const own =
      this._current === undefined ? undefined : this._transports.get(this._current)?.place;
    const isOwn = own?.processId === processId && own?.frameId === frameId;
    return isOwn || this.subframes.isLetIn(processId, frameId);
  }

  /**
   * This document is there. Where it was taken for gone it is there after all: in Electron 9
   * overlapping navigations leave open which of them is done. Its worlds begin anew.
   */
  enter(document: number) {
    if (document === this._current) return;
    const { _ended: ended } = this;
    if (ended?.isOpen && ended.document === document) {
      // It was sent before the document ended: another one is there.
      if (this._current !== undefined) return;
      this._disposeEndpoints(document);
      ended.isOpen = false;
    }
    // Where there was none, subframes of this one may have spoken before it did.
    if (this._current !== undefined) this._endCurrent("reloaded");
    this._current = document;
    this._spoke();
  }

  /** The document of a transport is here. `question`: the number of the question that it answers. */
  here(transport: DocumentTransport, question: string) {
    if (
      this._transports.get(transport.document) !== transport ||
      transport.document !== this._current
    )
      return;
    // Its port may be in other hands; the question goes to the document that is there.
    if (question === String(this._doubt)) this.beSure();
  }

  /** It is sure which document is there: what waits goes to it. */
  beSure() {
    if (this._doubt === undefined) return;
    this._doubt = undefined;
    this._allEndpoints.resume(this._contents.id);
  }

  /** The endpoint of a world that sends over a transport. */
  endpointOf(transport: DocumentTransport, worldAddress: WorldAddress): number {
    const { document } = transport;
    if (this._transports.get(document) !== transport) throw endedError();
    const known = this._endpoints.get(worldAddress);
    if (known !== undefined) return known;
    const endpoint = this._connect(transport, worldAddress);
    if (this._isClosing(document)) this._endEndpoints(document, [endpoint], "reloaded");
    return endpoint;
  }

  /** Lets a document in that says no hello. Returns its endpoint. */
  admit(transport: DocumentTransport): number {
    this._transports.set(transport.document, transport);
    return this._connect(transport, worldAddressOf(transport.document, false));
  }

  /** A document that was admitted has ended. */
  end(transport: DocumentTransport, how: Ending) {
    const { document } = transport;
    if (this._transports.get(document) !== transport) return;
    this._endEndpoints(document, this._endpointsOf(document), how);
    this._dispose(document);
  }

  transportOf(document: number): DocumentTransport | undefined {
    return this._transports.get(document);
  }

  /** The addresses of all worlds of documents in the window's own frame. */
  worldAddresses(): Iterable<WorldAddress> {
    return this._endpoints.keys();
  }

  /** The webContents is gone, and all documents with it. */
  dispose() {
    this.subframes.endAll("closed");
    this.subframes.disposeEnded();
    const endpoints = [...this._endpoints.values()];
    this._allEndpoints.cancel(endpoints, "closed");
    this._allEndpoints.dispose(endpoints);
    for (const transport of this._transports.values()) transport.close();
  }

  /**
   * Is the document the new one, whose hello came before its navigation was done, or the old one,
   * whose own came after the new navigation had begun? The document that is there answers, and until
   * then nothing is sent to it.
   */
  private _askWhoIsThere() {
    this._doubt = Math.floor(Math.random() * 2 ** 40) + 1;
    this._allEndpoints.pause(this._contents.id);
    askForHello(this._contents, this._doubt, this._mayReturn());
  }

  /** Electron 9 may take a document for gone that is there; but after a crash nothing is. */
  private _mayReturn(): number | undefined {
    return this._ended && this._ended.how !== "crashed" ? this._ended.document : undefined;
  }

  private _endCurrent(how: Ending) {
    this.subframes.endAll(how);
    const { _current: current, _ended: ended } = this;
    if (current === undefined) return;
    this._endEndpoints(current, this._endpointsOf(current), how);
    if (ended?.isOpen) this._dispose(ended.document);
    this._current = undefined;
    this._ended = { document: current, how, isOpen: true };
    this.beSure();
    this._disposeSoon(this._ended);
  }

  /**
   * The ports of a document that ends close, and what it had posted before is handled then. A port
   * that is in other hands stays open, and nothing of it is handled.
   */
  private _disposeSoon(ended: Ended) {
    this._transports.get(ended.document)?.hold();
    setTimeout(() => {
      if (this._ended !== ended || !ended.isOpen) return;
      ended.isOpen = false;
      this._dispose(ended.document);
    }, FINAL_MESSAGES_MS);
  }

  private _isClosing(document: number): boolean {
    return this._ended?.document === document && this._ended.isOpen;
  }

  private _connect(transport: DocumentTransport, worldAddress: WorldAddress): number {
    const { id } = this._contents;
    const endpoint = this._allEndpoints.connect(id, worldAddress, transport.place);
    this._endpoints.set(worldAddress, endpoint);
    return endpoint;
  }

  /** A document has ended. Packets that its endpoints sent before are handled; they get nothing any more. */
  private _endEndpoints(document: number, endpoints: number[], how: Ending) {
    const transport = this._transports.get(document);
    if (transport) transport.place.hasEnded = true;
    this._allEndpoints.end(this._contents.id, document, endpoints, how);
  }

  private _dispose(document: number) {
    this._disposeEndpoints(document);
    this._transports.get(document)?.close();
    this._transports.delete(document);
  }

  private _disposeEndpoints(document: number) {
    this._allEndpoints.dispose(this._endpointsOf(document));
    for (const worldAddress of this._endpoints.keys()) {
      if (documentOf(worldAddress) === document) this._endpoints.delete(worldAddress);
    }
  }

  private _endpointsOf(document: number): number[] {
    const known = [...this._endpoints].filter(
      ([worldAddress]) => documentOf(worldAddress) === document,
    );
    return known.map(([, endpoint]) => endpoint);
  }
}
