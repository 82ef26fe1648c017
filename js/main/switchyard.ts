import { type Encoded, encode } from "../codec";
import {
  Asked,
  type AskOptions,
  complain,
  encodeReason,
  type Handler,
  type Report,
  senderOf,
} from "../ends";
import { type Code, type Form, Kind, type Link, MESSAGE_WEIGHT } from "../protocol/protocol";
import { sizeOfAll } from "../wire";
import { type Arrival, isReply, keepArrivals } from "./arrivals";
import type { Batches } from "./batches";
import type { Router } from "./binding";
import { eachFrame, has, Mark, type TakeFrame } from "./frames";
import { Inbox } from "./inbox";
import { MainReports } from "./main-reports";
import { type RequestPlatform, Requests } from "./requests";
import { listenTogether } from "./signals";
import { Slab } from "./slab";
import { Timeouts } from "./timeouts";
import { Turn } from "./turn";
import type { Attachments } from "./wire";

/** Hands a frame to a window's page; does nothing where that page is gone. */
export type Deliver = (
  contents: number,
  link: Link,
  frame: string,
  attachments: Attachments,
) => void;

/** What the platform around provides; Electron, or a stand-in for fast tests. */
export interface Platform<Event> extends RequestPlatform<Event> {
  readonly deliver: Deliver;
  /** Whether unknown window names may be asked for with {@link Platform.resolve}. */
  readonly resolves: () => boolean;
  /** Registers the windows of these names, where they exist. Never throws. */
  readonly resolve: (names: readonly string[]) => void;
}

/** In place of a webContents. */
const MAIN = 0;

/** In characters; these take 5 ms or so, and less to send than to handle. */
const MOST_OF_TURN = 1024 * 1024;

/** In bytes of text: what the router hands out at once. V8 has memory at hand for short strings. */
const MOST_AT_ONCE = 128 * 1024;

const NO_ATTACHMENTS: Attachments = [];

/** More cannot be under way. */
const MOST_FRAMES = 2 ** 32 - 1;

/** A payload as the router takes it: with its attachments' first slot, and their sizes. */
type Lent = [form: Form, text: string, firstSlot: number, sizes: number[]];
/** The main process's end of the wire, around the router. Knows no Electron. */
export class Switchyard<Event> {
  private readonly slab = new Slab();
  private readonly requests: Requests<Event>;
  private readonly asked = new Asked((id, reason) => this.abort(id, reason), listenTogether);
  private readonly reports = new MainReports();
  private readonly timeouts: Timeouts;
  private readonly inbox: Inbox<Arrival>;
  /** What came for main and is not in the inbox yet: pages get theirs before any handler runs. */
  private arrivals: Arrival[] = [];
  private scheduled = false;
  private flushing = false;
  private badFrames = 0;
  /** Whether there is more to do since frames were last asked for. */
  private again = false;
  private readonly router: Router;

  constructor(
    private readonly batches: Batches,
    private readonly platform: Platform<Event>,
    private readonly turn = new Turn(),
  ) {
    this.inbox = new Inbox<Arrival>(isReply, (arrival) => this.take(arrival), turn);
    batches.full = () => this.flush();
    this.router = batches.behind;
    this.timeouts = new Timeouts(this.router, () => this.flushSoon());
    this.requests = new Requests(
      this.router,
      platform,
      (...answer) => this.reply(...answer),
      (before, waitedMs) => this.giveUp(before, waitedMs),
      () => this.flushSoon(),
    );
  }

  handle(handler: Handler<Event>): () => void {
    return this.requests.add(handler);
  }

  send(windowName: string, msg: unknown) {
    const encoded = encode(msg, "msg");
    if (encoded.attachments.length === 0) this.batches.send(windowName, encoded);
    else this.lend(encoded, (...payload) => this.router.send(windowName, ...payload));
    this.flushSoon();
  }

  call(windowName: string, msg: unknown, options: AskOptions): Promise<unknown> {
    const encoded = encode(msg, "msg");
    return this.asked.start("callRender", options, (_, id) => {
      this.lend(encoded, (...payload) => this.router.call(windowName, id, ...payload));
      this.flushSoon();
    });
  }

  onUndeliverable(listener: (report: Report) => void): () => void {
    return this.reports.add(listener);
  }

  /** Messages of main's own cannot be delivered after they left the router. */
  report(windowName: string, code: Code, count: number, sentence: string) {
    this.reports.report(windowName, code, null, count, sentence);
  }

  /** Whether a request may be on its way to a handler, in the router or behind it. */
  get requestsWait(): boolean {
    return this.inbox.isBusy || this.arrivals.length > 0 || this.router.requestsWait();
  }

  /** These endpoints' documents are gone. */
  lose(endpoints: readonly number[], reason: Error) {
    this.requests.lose(endpoints, reason);
    this.flushSoon();
  }

  /** Takes a frame from a window. Throws what the router refuses it with. */
  receive(endpoint: number, lanes: number, frame: string, attachments: Attachments) {
    if (attachments.length === 0 && !this.platform.resolves()) {
      return this.flush(
        this.batches.take(endpoint, lanes, frame, this.flushing ? 0 : MOST_AT_ONCE),
      );
    }
    this.slab.lend(attachments, (first, sizes) => {
      const route = (ask: boolean) => this.router.ingest(endpoint, lanes, frame, first, sizes, ask);
      const unknown = route(this.platform.resolves());
      if (unknown === null) return;
      this.platform.resolve(unknown);
      route(false);
    });
    this.flush();
  }

  /** An endpoint took so many frames more. */
  acknowledge(endpoint: number, frames: number) {
    this.batches.acknowledge(endpoint, Math.min(frames, MOST_FRAMES));
    this.flush();
  }

  /** Sends what can go, at the end of this turn of the event loop. */
  flushSoon() {
    this.again = true;
    if (this.scheduled || this.flushing) return;
    this.scheduled = true;
    // A microtask: what a turn sends to one window shares a frame, and no timer delays it.
    Promise.resolve().then(() => {
      this.scheduled = false;
      this.flushSafely();
    });
  }

  /** What came from a window was refused before it came to the router. */
  countBadFrame() {
    this.badFrames += 1;
  }

  stats(): string {
    const books = JSON.parse(this.router.stats()) as { badFrames: number };
    books.badFrames += this.badFrames;
    return JSON.stringify(books);
  }

  /** `out`: what the router has handed out already, unless this is at work. */
  private flush(out?: string) {
    // What is being sent now goes on to the end, or comes back to it.
    this.again = this.flushing || out === undefined;
    if (this.flushing) return;
    this.flushing = true;
    try {
      this.sendAll(out ?? "");
    } finally {
      this.flushing = false;
    }
  }

  /** Where nobody could catch anything. */
  private flushSafely() {
    try {
      this.flush();
    } catch (error) {
      complain("not all could be sent", error);
    }
  }

  private sendAll(first: string) {
    this.requests.handleWaiting();
    let out = first;
    let sent = this.handOver(out);
    this.takeArrivals();
    // What main does with its frames may make others ready.
    while (this.again && sent < MOST_OF_TURN) {
      this.again = false;
      out = this.batches.nextFrames(MOST_AT_ONCE);
      sent += this.handOver(out);
      this.takeArrivals();
    }
    // Others have their turn of main's event loop.
    if (sent >= MOST_OF_TURN) setImmediate(() => this.flushSafely());
    this.requests.waitForHandler(has(out, Mark.RequestsWait));
    if (this.slab.touched) this.slab.sweep(this.router.takeFreedSlots());
  }

  /** How long it was. */
  private handOver(out: string): number {
    if (has(out, Mark.More)) this.again = true;
    if (has(out, Mark.Clock)) this.timeouts.look();
    eachFrame(out, this.pass);
    this.turn.spend(out.length);
    return out.length;
  }

  private readonly pass: TakeFrame = (contents, link, text, slots) => {
    const attachments = slots.length > 0 ? this.slab.get(slots) : NO_ATTACHMENTS;
    if (contents === MAIN) keepArrivals(text, attachments, this.arrivals);
    else this.platform.deliver(contents, link, text, attachments);
  };

  /** Takes what came for main. */
  private takeArrivals() {
    const { arrivals } = this;
    if (arrivals.length === 0) return;
    this.arrivals = [];
    this.inbox.add(arrivals);
  }

  private take([record, read]: Arrival) {
    this.turn.spend(MESSAGE_WEIGHT);
    switch (record[0]) {
      case Kind.Request:
        return this.requests.take(record[1], record[3], senderOf(record[2]), read);
      case Kind.Abort:
        return this.requests.abort(record[1], record[2], read);
      case Kind.Reply:
        return this.asked.settle(record[1], record[2] === 1, read);
      case Kind.Nack: {
        const [, address, code, reason, count, sentence] = record;
        return typeof address === "string"
          ? this.reports.report(address, code, reason, count, sentence)
          : this.asked.refuse(address, code, reason, sentence);
      }
    }
  }

  /** Requests below a number have waited for a handler for so long, and wait no longer. */
  private giveUp(before: number, waitedMs: number) {
    const unheard = this.router.giveUpRequests(before, waitedMs);
    eachFrame(unheard, this.pass);
    this.takeArrivals();
    this.requests.refuseWaiting(waitedMs);
    this.flushSoon();
  }

  private reply(endpoint: number, id: number, ok: boolean, answer: Encoded) {
    this.turn.spend(answer.text.length + sizeOfAll(answer.attachments));
    try {
      if (answer.attachments.length === 0) this.batches.answer(endpoint, id, ok, answer);
      else this.lend(answer, (...payload) => this.router.reply(endpoint, id, ok, ...payload));
    } catch (error) {
      // Not known to happen. If it does, it is one answer's end and not that of all behind it.
      complain("an answer could not be sent", error);
    } finally {
      this.flushSoon();
    }
  }

  private abort(id: number, reason: unknown) {
    this.lend(encodeReason(reason), (...payload) => this.router.abort(id, ...payload));
    this.flushSoon();
  }

  /** Puts the attachments into slots while the router is told of them. */
  private lend({ form, text, attachments }: Encoded, tell: (...payload: Lent) => void) {
    const alone = attachments.map((attachment) => [attachment]);
    this.slab.lend(alone, (...slots) => tell(form, text, ...slots));
    if (this.slab.borrows) this.settleLoans();
  }

  /** Sends what it can of the app's own memory, before the app goes on, and copies the rest. */
  private settleLoans() {
    this.handOver(this.batches.nextFrames(MOST_AT_ONCE));
    this.slab.sweep(this.router.takeFreedSlots());
    this.slab.settle();
  }
}
