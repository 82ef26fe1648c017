import type { WebContents } from "electron";
import type { Attachments } from "../../core/attachments";
import type { Router } from "../../core/binding";
import { failure } from "../../errors";
import { documentOf, type WorldAddress } from "../../protocol/protocol";
import type { Ending, Navigations } from "./navigation";
import type { Senders } from "./senders";
import { isOfSubframe, type Place, type PortTransport } from "./transport";
import { type DocumentEvents, type DocumentTransport, WindowDocuments } from "./window-documents";

/** Longer than Electron takes to tell of a crash after it has closed the page's ports, in ms. */
const CRASH_IS_TOLD_MS = 100;

/** What the documents of all windows mean to others. */
export interface WindowEvents extends DocumentEvents {
  /** Why a document that says no hello is not let in, if it is not. */
  readonly refusalOf: (place: Place) => Error | undefined;
  /** A window's own document has said hello. */
  readonly greeted: (contents: number) => void;
}

/** The documents of all windows. */
export class Documents {
  private readonly _windows = new Map<number, WindowDocuments>();

  constructor(
    private readonly _navigations: Navigations,
    private readonly _router: Router,
    private readonly _senders: Senders,
    private readonly _events: WindowEvents,
  ) {}

  /** Begins to follow a webContents; a second time changes nothing. */
  watch(contents: WebContents): WindowDocuments {
    const known = this._windows.get(contents.id);
    if (known) return known;
    const { id } = contents;
    const navigation = this._navigations.of(contents);
    const { _router: router, _senders: senders, _events: events } = this;
    const window = new WindowDocuments(contents, navigation, router, senders, events);
    this._windows.set(id, window);
    navigation.follow({ closed: () => this.close(id) });
    return window;
  }

  /** A document says hello over a new transport. */
  hello(transport: PortTransport) {
    const window = this.watch(transport.place.sender);
    if (transport.isOfSubframe) return window.subframes.greet(transport);
    window.hello(transport);
    this._events.greeted(transport.contents);
    window.beSure();
  }

  /** Whether a window's document that is there has said hello, and was let in. */
  isGreeted(id: number): boolean {
    return this._windows.get(id)?.isGreeted() ?? false;
  }

  /** Whether a frame has a document that was let in. */
  isLetIn({
    sender,
    processId,
    frameId,
  }: Pick<Place, "sender" | "processId" | "frameId">): boolean {
    return this._windows.get(sender.id)?.isLetIn(processId, frameId) ?? false;
  }

  /** A document says hello, and is not let in: it is there all the same, and no other. */
  turnedAway(place: Place, worldAddress: WorldAddress) {
    const window = this.watch(place.sender);
    if (!isOfSubframe(worldAddress)) window.enter(documentOf(worldAddress));
  }

  /** A document that main knows says that it is here, with the number of the question to it. */
  here(transport: PortTransport, question: string) {
    this._windows.get(transport.contents)?.here(transport, question);
  }

  /** A document says that it leaves. Windows' own are known to leave otherwise. */
  left(transport: PortTransport) {
    if (transport.isOfSubframe) this._windows.get(transport.contents)?.subframes.left(transport);
  }

  /** A document is gone that may not have come to say so. */
  lost(transport: PortTransport) {
    // A crash of its page closes the transport too, and is the better reason; it is told soon.
    if (transport.isOfSubframe) setTimeout(() => this.left(transport), CRASH_IS_TOLD_MS);
  }

  /** The endpoint of a world that speaks over a transport. */
  endpointOf(transport: PortTransport, worldAddress: WorldAddress): number {
    const window = this._windows.get(transport.contents);
    if (!window) throw failure("ERR_TARGET_GONE", "its document is gone");
    const documents = transport.isOfSubframe ? window.subframes : window;
    return documents.endpointOf(transport, worldAddress);
  }

  /**
   * Lets a document in that says no hello, beside those that do. Whoever admits it tells when it has
   * ended; its window's closing ends it too. Returns its endpoint.
   */
  admit(transport: DocumentTransport): number {
    const refused = this._events.refusalOf(transport.place);
    if (refused) throw refused;
    return this.watch(transport.place.sender).admit(transport);
  }

  /** A document that was admitted has ended. */
  dismiss(transport: DocumentTransport, how: Ending) {
    this._windows.get(transport.contents)?.dismiss(transport, how);
  }

  /** Notes what a subframe listens to that is not let in. */
  refuse(transport: PortTransport, worldAddress: WorldAddress, lanes: number) {
    this._windows.get(transport.contents)?.subframes.refuse(transport, worldAddress, lanes);
  }

  /** Subframes are let in from now on: `listen` is told what they listen to already. */
  admitSubframes(listen: (endpoint: number, lanes: number) => void) {
    for (const { subframes } of this._windows.values()) subframes.admit(listen);
  }

  /** Sends a packet to a document; does nothing where that is gone. */
  deliver(id: number, worldAddress: WorldAddress, packet: string, attachments: Attachments) {
    const window = this._windows.get(id);
    if (isOfSubframe(worldAddress)) window?.subframes.deliver(worldAddress, packet, attachments);
    else window?.transportOf(documentOf(worldAddress))?.send(worldAddress, packet, attachments);
  }

  /** Sends a packet that the router does not know of to each world of a window's document. */
  notify(id: number, packet: string) {
    for (const worldAddress of this._windows.get(id)?.links() ?? [])
      this.deliver(id, worldAddress, packet, []);
  }

  /** A webContents is gone. A second time changes nothing. */
  close(id: number) {
    const window = this._windows.get(id);
    this._windows.delete(id);
    this._router.closeWindow(id);
    window?.close();
  }
}
