import type { WebContents } from "electron";
import type { Router } from "../../core/binding";
import { documentOf, isOfSubframe, type WorldAddress } from "../../protocol/protocol";
import type { Endpoints } from "./endpoints";
import type { Gate } from "./gate";
import type { Ending, Navigations } from "./navigation";
import { endedError } from "./still-there";
import type { DocumentTable } from "./table";
import type { Place, PortTransport } from "./transport";
import { type DocumentTransport, WindowDocuments } from "./window-documents";

/** Longer than Electron takes from closing a page's ports to its event of a crash, in ms. */
const MAX_CRASH_EVENT_MS = 100;

/** The documents of all windows. */
export class Documents {
  private readonly _greeted: ((contents: number) => void)[] = [];

  constructor(
    private readonly _windows: DocumentTable,
    private readonly _navigations: Navigations,
    private readonly _router: Router,
    private readonly _endpoints: Endpoints,
    private readonly _gate: Gate,
  ) {}

  /** Calls back when a window's own document has said hello. */
  onGreeted(listener: (contents: number) => void) {
    this._greeted.push(listener);
  }

  /** Begins to follow a webContents; a second time changes nothing. */
  watch(contents: WebContents): WindowDocuments {
    const known = this._windows.get(contents.id);
    if (known) return known;
    const { id } = contents;
    const navigation = this._navigations.of(contents);
    const window = new WindowDocuments(contents, navigation, this._endpoints);
    this._windows.set(id, window);
    navigation.follow({ closed: () => this.dispose(id) });
    return window;
  }

  /** A document says hello over a new transport. */
  hello(transport: PortTransport) {
    const window = this.watch(transport.place.sender);
    if (transport.isOfSubframe) return window.subframes.hello(transport);
    window.hello(transport);
    for (const greeted of this._greeted) greeted(transport.contents);
    window.beSure();
  }

  /** Whether a window's document that is there has said hello, and was let in. */
  isGreeted(id: number): boolean {
    return this._windows.get(id)?.isGreeted() ?? false;
  }

  /** Whether a window has a document that main can send to, electron-prokit's among them. */
  isConnected(id: number): boolean {
    return this._windows.get(id)?.isConnected() ?? false;
  }

  /** Whether a frame has a document that was let in. */
  isLetIn({
    sender,
    processId,
    frameId,
  }: Pick<Place, "sender" | "processId" | "frameId">): boolean {
    return this._windows.get(sender.id)?.isLetIn(processId, frameId) ?? false;
  }

  /** A document has said hello and is not let in. It is there all the same, and no other is. */
  turnedAway(place: Place, worldAddress: WorldAddress) {
    const window = this.watch(place.sender);
    if (!isOfSubframe(worldAddress)) window.enter(documentOf(worldAddress));
  }

  /** A document that main knows is here. `question`: the number of the question that it answers. */
  here(transport: PortTransport, question: string) {
    this._windows.get(transport.contents)?.here(transport, question);
  }

  /** A document of a subframe leaves. A window's own ends by its navigation. */
  leave(transport: PortTransport) {
    if (transport.isOfSubframe) this._windows.get(transport.contents)?.subframes.end(transport);
  }

  /** The port of a document is closed. The document may have ended without notice. */
  portClosed(transport: PortTransport) {
    // A crash closes the port too, and is the better reason. Its event comes later.
    if (transport.isOfSubframe) setTimeout(() => this.leave(transport), MAX_CRASH_EVENT_MS);
  }

  /** The endpoint of a world that sends over a transport. */
  endpointOf(transport: PortTransport, worldAddress: WorldAddress): number {
    const window = this._windows.get(transport.contents);
    if (!window) throw endedError();
    const documents = transport.isOfSubframe ? window.subframes : window;
    return documents.endpointOf(transport, worldAddress);
  }

  /**
   * Lets a document in that says no hello, beside those that do. It ends by {@link end}, or when its
   * window closes. Returns its endpoint.
   */
  admit(transport: DocumentTransport): number {
    const rejection = this._gate.rejectionOf(transport.place);
    if (rejection) throw rejection;
    return this.watch(transport.place.sender).admit(transport);
  }

  /** A document that was admitted has ended. */
  end(transport: DocumentTransport, how: Ending) {
    this._windows.get(transport.contents)?.end(transport, how);
  }

  /** Keeps what a subframe listens to that is not let in. */
  noteRejected(transport: PortTransport, worldAddress: WorldAddress, lanes: number) {
    this._windows.get(transport.contents)?.subframes.noteRejected(transport, worldAddress, lanes);
  }

  /** Subframes are let in from now on. `listen` gets what each listens to already. */
  admitSubframes(listen: (endpoint: number, lanes: number) => void) {
    for (const { subframes } of this._windows.values()) subframes.admit(listen);
  }

  /** Sends a packet that the router does not know of to each world of a window's document. */
  notify(id: number, packet: string) {
    this._windows.notify(id, packet);
  }

  /** A webContents is gone. A second time changes nothing. */
  dispose(id: number) {
    const window = this._windows.get(id);
    this._windows.delete(id);
    this._router.closeWindow(id);
    window?.dispose();
  }
}
