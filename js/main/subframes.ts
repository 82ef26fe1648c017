import type { IpcMainEvent, WebFrameMain } from "electron";
import { failure } from "../errors";
import { CHANNEL, type Downward, documentOf, type Link } from "../protocol/protocol";
import type { Router } from "./binding";
import { answerHello } from "./hello";
import type { Senders } from "./senders";

/** How a document ended; see GoneReason in index.d.ts. */
export type Ending = "closed" | "crashed" | "reloaded";

/** One document in a subframe of a window. */
interface Subframe {
  /** Which frame it is in: a frame has one document at a time. */
  readonly frame: string;
  readonly document: number;
  readonly origin: string;
  readonly hello: IpcMainEvent;
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

  /** A document said hello. `claim`: the origin as its preload read it. */
  greet(hello: IpcMainEvent, link: Link, claim: unknown) {
    const document = documentOf(link);
    const known = this.byDocument.get(document);
    if (!known || !isFrom(known, hello, claim)) this.enter(hello, document, claim);
    this.answer(document);
  }

  /**
   * A frame has got its document. In Electron 9 a hello may come before that, and what is sent
   * then does not reach a frame that is in a process of its own.
   */
  settled(processId: number, frameId: number) {
    for (const { document, hello } of this.byDocument.values()) {
      if (hello.processId === processId && hello.frameId === frameId) this.answer(document);
    }
  }

  private answer(document: number) {
    answerHello({ send: (_channel, ...args) => this.deliver(...args) }, document);
  }

  /**
   * A document said that it leaves. In Electron 9 one in a process of its own may not come to it;
   * then the next delivery to it fails, or its page ends it.
   */
  leave(event: IpcMainEvent, link: Link) {
    const subframe = this.byDocument.get(documentOf(link));
    if (subframe && isFrom(subframe, event, subframe.origin)) this.end(subframe, "reloaded");
  }

  /** The endpoint of a frame's sender. */
  endpointOf(event: IpcMainEvent, link: Link): number {
    const subframe = this.spoken(event, link);
    const known = subframe.endpoints.get(link);
    if (known !== undefined) return known;
    if (!this.byDocument.has(subframe.document)) throw new Error("its document is gone");
    return this.connect(subframe, link);
  }

  /** Notes what a document listens to that is not let in. */
  refuse(event: IpcMainEvent, link: Link, lanes: number) {
    this.spoken(event, link).refused.set(link, lanes);
  }

  /** Subframes are let in from now on: `listen` is told what they listen to already. */
  admit(listen: (endpoint: number, lanes: number) => void) {
    for (const subframe of this.byDocument.values()) {
      for (const [link, lanes] of subframe.refused) listen(this.connect(subframe, link), lanes);
      subframe.refused.clear();
    }
  }

  /** Sends to a document; one whose frame is gone has ended. */
  deliver(...args: Downward) {
    const subframe = this.byDocument.get(documentOf(args[0]));
    if (subframe && !send(subframe.hello, args)) this.end(subframe, "reloaded");
  }

  /** The window's own document ended, and its subframes with it. */
  endAll(how: Ending) {
    for (const subframe of [...this.byDocument.values()]) this.end(subframe, how);
  }

  /** Forgets all but so many of the documents that ended. */
  forget(kept = 0) {
    for (const { endpoints } of this.ended.splice(kept)) this.senders.release(endpoints.values());
  }

  /** Who speaks: a document that is there, or one with its last words. */
  private spoken(event: IpcMainEvent, link: Link): Subframe {
    const document = documentOf(link);
    const ended = () => this.ended.find((subframe) => subframe.document === document);
    const subframe = this.byDocument.get(document) ?? ended();
    if (!subframe) throw new Error("its document did not say hello");
    if (!isInFrameOf(subframe, event)) throw new Error("its link is another frame's");
    if (isFrom(subframe, event, subframe.origin)) return subframe;
    throw failure("ERR_TARGET_GONE", "its document has made room for another in its frame");
  }

  private enter(hello: IpcMainEvent, document: number, claim: unknown) {
    const frame = frameOf(hello);
    for (const before of [...this.byDocument.values()]) {
      if (before.frame === frame || before.document === document) this.end(before, "reloaded");
    }
    const origin = originOf(hello, claim);
    const own = { endpoints: new Map(), refused: new Map() };
    this.byDocument.set(document, { frame, document, origin, hello, ...own });
  }

  private connect(subframe: Subframe, link: Link): number {
    const endpoint = this.router.connect(this.contents, link, subframe.origin);
    this.senders.know(endpoint, subframe.hello);
    subframe.endpoints.set(link, endpoint);
    return endpoint;
  }

  private end(subframe: Subframe, how: Ending) {
    this.byDocument.delete(subframe.document);
    this.ended.unshift(subframe);
    this.forget(MOST_ENDED);
    this.router.endDocument(this.contents, subframe.document, how === "crashed");
    this.lost([...subframe.endpoints.values()], how);
  }
}

/** The router keeps so many endpoints for their last words, of a document two. */
const MOST_ENDED = 8;

/** A link is an address, not a credential: whether it is this document that speaks. */
function isFrom(subframe: Subframe, event: IpcMainEvent, claim: unknown): boolean {
  if (!isInFrameOf(subframe, event)) return false;
  // Electron tells of the frame's new document, where there is one; these are last words.
  const { senderFrame } = event;
  const isLeft = senderFrame && !isSameFrame(senderFrame, event.processId, event.frameId);
  return isLeft || originOf(event, claim) === subframe.origin;
}

function isInFrameOf({ hello }: Subframe, { processId, frameId }: IpcMainEvent): boolean {
  return hello.processId === processId && hello.frameId === frameId;
}

function isSameFrame(frame: WebFrameMain, processId: number, frameId: number): boolean {
  return frame.processId === processId && frame.routingId === frameId;
}

/** Names a frame among those of its window: it stays the same from document to document. */
function frameOf({ senderFrame, processId, frameId }: IpcMainEvent): string {
  return `${senderFrame?.frameTreeNodeId ?? [processId, frameId]}`;
}

/** Sends to the frame that an event came from; whether it was still there. */
function send({ sender, processId, frameId }: IpcMainEvent, args: Downward): boolean {
  const frame: [number, number] = [processId, frameId];
  // Electron's types do not tell that it returns whether there is such a frame.
  return (sender.sendToFrame(frame, CHANNEL, ...args) as unknown) !== false;
}

/**
 * Before Electron 12, main is not told which frame a message is from: there the origin is what the
 * preload says it is.
 */
function originOf({ senderFrame }: IpcMainEvent, claim: unknown): string {
  if (!senderFrame) return typeof claim === "string" ? claim : OPAQUE;
  if (typeof senderFrame.origin === "string") return senderFrame.origin;
  try {
    return new URL(senderFrame.url).origin;
  } catch {
    return OPAQUE;
  }
}

/** What browsers say of an origin that is like no other. */
const OPAQUE = "null";
