import type { Deliver as TakeFrame } from "../protocol/protocol";
import { Endpoint } from "../renderer";
import { piecesOf, whole } from "../wire";
import type { DocumentWire } from "./pages";
import type { Attachments, Place } from "./wire";

/** What electron-prokit's preload hears, `webContents.send(channel, msg)`. */
const FROM_MAIN = "EPmainMsgToRender";
const FROM_OTHER = "EPrenderMsgToRender";

/** What main does with what a document says. */
export interface Upward {
  readonly receive: (lanes: number, frame: string, attachments: Attachments) => void;
  readonly acknowledge: (frames: number) => void;
}

/** Preloads choose their documents' numbers below. */
const FIRST_NUMBER = 2 ** 40;
let next = FIRST_NUMBER;

/**
 * A document that speaks electron-prokit's way. It knows nothing of frames, so what is a page's
 * part of the wire elsewhere is done for it here.
 */
export class ProkitDocument implements DocumentWire {
  readonly document = next++;
  readonly contents: number;
  private readonly end: Endpoint;
  private take: TakeFrame = () => undefined;
  private unlisten: (() => void)[] = [];
  private taken = 0;
  private closed = false;

  constructor(
    /** Where it spoke last from. */
    readonly place: Place,
    private readonly up: Upward,
  ) {
    this.contents = place.sender.id;
    this.end = new Endpoint({
      post: (lanes, frame, attachments) => {
        if (!this.closed) up.receive(lanes, frame, attachments.map(piecesOf));
      },
      listen: (take) => {
        this.take = take;
      },
    });
  }

  /** It asks main. */
  request(msg: unknown): Promise<unknown> {
    return this.end.request(msg, {});
  }

  /** It writes to a window. */
  message(windowName: string, msg: unknown) {
    this.end.send(windowName, msg);
  }

  /** What waits for its window goes to it, from now on. */
  listen() {
    if (this.unlisten.length > 0) return;
    this.unlisten = [
      this.end.fromMain.add((_event, msg) => this.pass(FROM_MAIN, msg)),
      this.end.fromOther.add((_event, msg) => this.pass(FROM_OTHER, msg)),
    ];
  }

  /** What comes for its window waits again. */
  pause() {
    for (const undo of this.unlisten.splice(0)) undo();
  }

  send(_link: number, frame: string, attachments: Attachments) {
    this.take(frame, attachments.map(whole));
    this.taken += 1;
    // Later: the router would go on at once, and others had no turn of main's event loop.
    if (this.taken === 1) setImmediate(() => this.acknowledge());
  }

  close() {
    this.closed = true;
  }

  private acknowledge() {
    const { taken } = this;
    this.taken = 0;
    if (!this.closed) this.up.acknowledge(taken);
  }

  private pass(channel: string, msg: unknown) {
    const { sender } = this.place;
    if (!sender.isDestroyed()) sender.send(channel, msg);
  }
}
