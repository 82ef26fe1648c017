import { failure } from "../errors";
import { documentOf, type Link } from "../protocol/protocol";
import type { Router } from "./binding";
import type { Ending } from "./navigation";
import { stampedOrigin } from "./origin";
import type { Senders } from "./senders";
import { isStillThere } from "./still-there";
import type { Attachments, Place, Wire } from "./wire";

/** The ports of a document that has ended close within that time; no last words are heard later. In ms. */
export const LAST_WORDS_MS = 250;

/** One document in a subframe of a window. */
interface Subframe {
  /** Which frame it is in: a frame has one document at a time. */
  readonly frame: string;
  wire: Wire;
  readonly endpoints: Map<Link, number>;
  /** What its worlds listened to when they last spoke and were not let in. */
  readonly refused: Map<Link, number>;
}

/** The documents in the subframes of one window. */
export class Subframes {
  private readonly byDocument = new Map<number, Subframe>();
  /** Documents that ended last: what they said while they were leaving may still arrive. */
  private readonly ended: Subframe[] = [];

  /** `lost` hears of endpoints whose document is gone. */
  constructor(
    private readonly router: Router,
    private readonly senders: Senders,
    private readonly contents: number,
    private readonly lost: (endpoints: number[], how: Ending) => void,
  ) {}

  /** A document says hello. */
  greet(wire: Wire) {
    const { document, place } = wire;
    if (!isStillThere(place)) return wire.close();
    const known = this.byDocument.get(document);
    if (known && isIn(known, place)) {
      known.wire.close();
      known.wire = wire;
    } else this.enter(wire);
    wire.answer();
  }

  /** Whether a frame has a document that was let in. */
  isLetIn(processId: number, frameId: number): boolean {
    const places = [...this.byDocument.values()].map(({ wire }) => wire.place);
    return places.some((place) => place.processId === processId && place.frameId === frameId);
  }

  /** A document has left, or is gone. */
  left(wire: Wire) {
    const subframe = this.byDocument.get(wire.document);
    if (subframe?.wire === wire) this.end(subframe, "reloaded");
  }

  /** The endpoint of a world that speaks over a wire. */
  endpointOf(wire: Wire, link: Link): number {
    const subframe = this.spoken(wire);
    const known = subframe.endpoints.get(link);
    if (known !== undefined) return known;
    if (this.byDocument.get(wire.document) !== subframe) throw gone();
    return this.connect(subframe, link);
  }

  /** Notes what a document listens to that is not let in. */
  refuse(wire: Wire, link: Link, lanes: number) {
    this.spoken(wire).refused.set(link, lanes);
  }

  /** Subframes are let in from now on: `listen` is told what they listen to already. */
  admit(listen: (endpoint: number, lanes: number) => void) {
    for (const subframe of this.byDocument.values()) {
      for (const [link, lanes] of subframe.refused) listen(this.connect(subframe, link), lanes);
      subframe.refused.clear();
    }
  }

  deliver(link: Link, frame: string, attachments: Attachments) {
    this.byDocument.get(documentOf(link))?.wire.send(link, frame, attachments);
  }

  /** The window's own document ended, and its subframes with it. */
  endAll(how: Ending) {
    for (const subframe of [...this.byDocument.values()]) this.end(subframe, how);
  }

  /** Forgets all but so many of the documents that ended. */
  forget(kept = 0) {
    for (const subframe of this.ended.slice(kept)) this.silence(subframe);
  }

  /** A document that has ended has had its last words. */
  private silence(subframe: Subframe) {
    const at = this.ended.indexOf(subframe);
    if (at < 0) return;
    this.ended.splice(at, 1);
    this.senders.release(subframe.endpoints.values());
    subframe.wire.close();
  }

  /** Who speaks: a document that is there, or one with its last words. */
  private spoken(wire: Wire): Subframe {
    const documents = [...this.byDocument.values(), ...this.ended];
    const subframe = documents.find((known) => known.wire === wire);
    if (!subframe) throw gone();
    if (!wire.place.hasEnded && !isStillThere(wire.place)) this.end(subframe, "reloaded");
    return subframe;
  }

  private enter(wire: Wire) {
    const frame = frameOf(wire.place);
    for (const before of [...this.byDocument.values()]) {
      if (before.frame === frame || before.wire.document === wire.document) {
        this.end(before, "reloaded");
      }
    }
    const own = { endpoints: new Map(), refused: new Map() };
    this.byDocument.set(wire.document, { frame, wire, ...own });
  }

  private connect(subframe: Subframe, link: Link): number {
    const { place } = subframe.wire;
    const endpoint = this.router.connect(this.contents, link, stampedOrigin(place.origin));
    this.senders.know(endpoint, place);
    subframe.endpoints.set(link, endpoint);
    return endpoint;
  }

  private end(subframe: Subframe, how: Ending) {
    this.byDocument.delete(subframe.wire.document);
    subframe.wire.place.hasEnded = true;
    subframe.wire.hold();
    this.ended.unshift(subframe);
    this.forget(MOST_ENDED);
    setTimeout(() => this.silence(subframe), LAST_WORDS_MS);
    this.router.endDocument(this.contents, subframe.wire.document, how === "crashed");
    this.lost([...subframe.endpoints.values()], how);
  }
}

/** The router keeps so many endpoints for their last words, of a document two. */
const MOST_ENDED = 8;

function gone(): Error {
  return failure("ERR_TARGET_GONE", "its document is gone");
}

function isIn({ wire }: Subframe, { processId, frameId, origin }: Place): boolean {
  const { place } = wire;
  const isSame = place.processId === processId && place.frameId === frameId;
  return isSame && place.origin === origin;
}

/** Names a frame among those of its window: it stays the same from document to document. */
function frameOf({ senderFrame, processId, frameId }: Place): string {
  return `${senderFrame?.frameTreeNodeId ?? [processId, frameId]}`;
}
