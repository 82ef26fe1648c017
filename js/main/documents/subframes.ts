import type { Attachments } from "../../core/attachments";
import { documentOf, type WorldAddress } from "../../protocol/protocol";
import type { Endpoints } from "./endpoints";
import type { Ending } from "./navigation";
import { endedError, isStillThere } from "./still-there";
import type { Place, PortTransport } from "./transport";

/**
 * How long after the end of a document its ports may take to close, in ms. Messages that
 * come later are dropped.
 */
export const FINAL_MESSAGES_MS = 250;

/** One document in a subframe of a window. */
interface Subframe {
  /** Which frame it is in: a frame has one document at a time. */
  readonly frame: string;
  transport: PortTransport;
  readonly endpoints: Map<WorldAddress, number>;
  /** The lanes of its worlds when they last sent something and were not let in. */
  readonly rejected: Map<WorldAddress, number>;
}

/** The documents in the subframes of one window. */
export class Subframes {
  private readonly _byDocument = new Map<number, Subframe>();
  /** Documents that ended last: what they sent before that may still arrive. */
  private readonly _ended: Subframe[] = [];

  constructor(
    private readonly _endpoints: Endpoints,
    private readonly _contents: number,
  ) {}

  /** A document says hello. */
  hello(transport: PortTransport) {
    const { document, place } = transport;
    if (!isStillThere(place)) return transport.close();
    const known = this._byDocument.get(document);
    if (known && isIn(known, place)) {
      known.transport.close();
      known.transport = transport;
    } else this._enter(transport);
    transport.answer();
  }

  /** Whether a frame has a document that was let in. */
  isLetIn(processId: number, frameId: number): boolean {
    const places = [...this._byDocument.values()].map(({ transport }) => transport.place);
    return places.some((place) => place.processId === processId && place.frameId === frameId);
  }

  /** A document has ended, if it is there over this transport. */
  end(transport: PortTransport) {
    const subframe = this._byDocument.get(transport.document);
    if (subframe?.transport === transport) this._end(subframe, "reloaded");
  }

  /** The endpoint of a world that sends over a transport. */
  endpointOf(transport: PortTransport, worldAddress: WorldAddress): number {
    const subframe = this._sender(transport);
    const known = subframe.endpoints.get(worldAddress);
    if (known !== undefined) return known;
    if (this._byDocument.get(transport.document) !== subframe) throw endedError();
    return this._connect(subframe, worldAddress);
  }

  /** Keeps what a document listens to that is not let in. */
  noteRejected(transport: PortTransport, worldAddress: WorldAddress, lanes: number) {
    this._sender(transport).rejected.set(worldAddress, lanes);
  }

  /** Subframes are let in from now on. `listen` gets what each listens to already. */
  admit(listen: (endpoint: number, lanes: number) => void) {
    for (const subframe of this._byDocument.values()) {
      for (const [worldAddress, lanes] of subframe.rejected)
        listen(this._connect(subframe, worldAddress), lanes);
      subframe.rejected.clear();
    }
  }

  deliver(worldAddress: WorldAddress, packet: string, attachments: Attachments) {
    this._byDocument
      .get(documentOf(worldAddress))
      ?.transport.send(worldAddress, packet, attachments);
  }

  /** The window's own document ended, and its subframes with it. */
  endAll(how: Ending) {
    for (const subframe of [...this._byDocument.values()]) this._end(subframe, how);
  }

  /** Disposes the documents that ended, but for the last `kept` of them. */
  disposeEnded(kept = 0) {
    for (const subframe of this._ended.slice(kept)) this._dispose(subframe);
  }

  /** Nothing more of a document that has ended is handled. */
  private _dispose(subframe: Subframe) {
    const at = this._ended.indexOf(subframe);
    if (at < 0) return;
    this._ended.splice(at, 1);
    this._endpoints.dispose(subframe.endpoints.values());
    subframe.transport.close();
  }

  /** The document of a transport: one that is there, or one that has ended and still has ports. */
  private _sender(transport: PortTransport): Subframe {
    const documents = [...this._byDocument.values(), ...this._ended];
    const subframe = documents.find((known) => known.transport === transport);
    if (!subframe) throw endedError();
    if (!transport.place.hasEnded && !isStillThere(transport.place))
      this._end(subframe, "reloaded");
    return subframe;
  }

  private _enter(transport: PortTransport) {
    const frame = frameOf(transport.place);
    for (const before of [...this._byDocument.values()]) {
      if (before.frame === frame || before.transport.document === transport.document) {
        this._end(before, "reloaded");
      }
    }
    const own = { endpoints: new Map(), rejected: new Map() };
    this._byDocument.set(transport.document, { frame, transport, ...own });
  }

  private _connect(subframe: Subframe, worldAddress: WorldAddress): number {
    const { place } = subframe.transport;
    const endpoint = this._endpoints.connect(this._contents, worldAddress, place);
    subframe.endpoints.set(worldAddress, endpoint);
    return endpoint;
  }

  private _end(subframe: Subframe, how: Ending) {
    this._byDocument.delete(subframe.transport.document);
    subframe.transport.place.hasEnded = true;
    subframe.transport.hold();
    this._ended.unshift(subframe);
    this.disposeEnded(MAX_ENDED);
    setTimeout(() => this._dispose(subframe), FINAL_MESSAGES_MS);
    const endpoints = [...subframe.endpoints.values()];
    this._endpoints.end(this._contents, subframe.transport.document, endpoints, how);
  }
}

/** The router keeps the endpoints of 8 documents that have ended; a document has two. */
const MAX_ENDED = 8;

function isIn({ transport }: Subframe, { processId, frameId, origin }: Place): boolean {
  const { place } = transport;
  const isSame = place.processId === processId && place.frameId === frameId;
  return isSame && place.origin === origin;
}

/** Names a frame among those of its window: it stays the same from document to document. */
function frameOf({ senderFrame, processId, frameId }: Place): string {
  return `${senderFrame?.frameTreeNodeId ?? [processId, frameId]}`;
}
