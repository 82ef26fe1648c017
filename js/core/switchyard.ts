import { type Encoded, encode } from "../codec";
import {
  type Code,
  type Form,
  Kind,
  MESSAGE_WEIGHT,
  type WorldAddress,
} from "../protocol/protocol";
import {
  type AskOptions,
  complain,
  encodeReason,
  type Handler,
  OutgoingRequests,
  type Report,
  senderOf,
} from "../requests";
import { sizeOfAll } from "../transport";
import { type Arrival, isReply, keepArrivals } from "./arrivals";
import type { Attachments } from "./attachments";
import type { Batches } from "./batches";
import type { Router } from "./binding";
import { Inbox } from "./inbox";
import { MainReports } from "./main-reports";
import { eachPacket, has, Mark, type TakePacket } from "./packets";
import { type RequestPlatform, Requests } from "./requests";
import { listenTogether } from "./signals";
import { Slab } from "./slab";
import { Timeouts } from "./timeouts";
import { Turn } from "./turn";

/** Hands a packet to a window's page; does nothing where that page is gone. */
export type Deliver = (
  contents: number,
  worldAddress: WorldAddress,
  packet: string,
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
const MAX_TURN = 1024 * 1024;

/** In bytes of text: what the router hands out at once. V8 has memory at hand for short strings. */
const MAX_AT_ONCE = 128 * 1024;

const NO_ATTACHMENTS: Attachments = [];

/** More cannot be under way. */
const MAX_PACKETS = 2 ** 32 - 1;

/** How far what can go has been sent. */
enum Flush {
  Idle,
  /** It will be sent in a microtask. */
  Due,
  Running,
  /** And there may be more to send since packets were last asked for. */
  RunningAgain,
}

/** A payload as the router takes it: with its attachments' first slot, and their sizes. */
type Lent = [form: Form, text: string, firstSlot: number, sizes: number[]];
/** The main process's end of the transport, around the router. Knows no Electron. */
export class Switchyard<Event> {
  private readonly _slab = new Slab();
  private readonly _requests: Requests<Event>;
  private readonly _outgoing = new OutgoingRequests(
    (id, reason) => this._abort(id, reason),
    listenTogether,
  );
  private readonly _reports = new MainReports();
  private readonly _timeouts: Timeouts;
  private readonly _inbox: Inbox<Arrival>;
  /** What came for main and is not in the inbox yet: pages get theirs before any handler runs. */
  private _arrivals: Arrival[] = [];
  private _flushState = Flush.Idle;
  private _badPackets = 0;
  private readonly _router: Router;

  constructor(
    private readonly _batches: Batches,
    private readonly _platform: Platform<Event>,
    private readonly _turn = new Turn(),
  ) {
    this._inbox = new Inbox<Arrival>(isReply, (arrival) => this._take(arrival), _turn);
    _batches.full = () => this._flush();
    this._router = _batches.behind;
    this._timeouts = new Timeouts(this._router, () => this.flushSoon());
    this._requests = new Requests(
      this._router,
      _platform,
      (...answer) => this._reply(...answer),
      (before, waitedMs) => this._giveUp(before, waitedMs),
      () => this.flushSoon(),
    );
  }

  handle(handler: Handler<Event>): () => void {
    return this._requests.add(handler);
  }

  send(windowName: string, msg: unknown) {
    const encoded = encode(msg, "msg");
    if (encoded.attachments.length === 0) this._batches.send(windowName, encoded);
    else this._lend(encoded, (...payload) => this._router.send(windowName, ...payload));
    this.flushSoon();
  }

  call(windowName: string, msg: unknown, options: AskOptions): Promise<unknown> {
    const encoded = encode(msg, "msg");
    return this._outgoing._start("callRender", options, (_, id) => {
      this._lend(encoded, (...payload) => this._router.call(windowName, id, ...payload));
      this.flushSoon();
    });
  }

  onUndeliverable(listener: (report: Report) => void): () => void {
    return this._reports.add(listener);
  }

  /** Messages of main's own cannot be delivered after they left the router. */
  report(windowName: string, code: Code, count: number, sentence: string) {
    this._reports.report(windowName, code, null, count, sentence);
  }

  /** Whether a request may be on its way to a handler, in the router or behind it. */
  get requestsWait(): boolean {
    return this._inbox.isBusy || this._arrivals.length > 0 || this._router.hasPendingRequests();
  }

  /** These endpoints' documents are gone. */
  lose(endpoints: readonly number[], reason: Error) {
    this._requests.lose(endpoints, reason);
    this.flushSoon();
  }

  /** Takes a packet from a window. Throws what the router refuses it with. */
  receive(endpoint: number, lanes: number, packet: string, attachments: Attachments) {
    if (attachments.length === 0 && !this._platform.resolves()) {
      return this._flush(
        this._batches.take(endpoint, lanes, packet, this._isFlushing ? 0 : MAX_AT_ONCE),
      );
    }
    this._slab.lend(attachments, (first, sizes) => {
      const route = (ask: boolean) =>
        this._router.routePacket(endpoint, lanes, packet, first, sizes, ask);
      const unknown = route(this._platform.resolves());
      if (unknown === null) return;
      this._platform.resolve(unknown);
      route(false);
    });
    this._flush();
  }

  /** An endpoint took so many packets more. */
  acknowledge(endpoint: number, packets: number) {
    this._batches.acknowledge(endpoint, Math.min(packets, MAX_PACKETS));
    this._flush();
  }

  /** Sends what can go, at the end of this turn of the event loop. */
  flushSoon() {
    if (this._isFlushing) this._flushState = Flush.RunningAgain;
    if (this._flushState !== Flush.Idle) return;
    this._flushState = Flush.Due;
    // A microtask: what a turn sends to one window shares a packet, and no timer delays it.
    Promise.resolve().then(() => {
      // Unless all was sent before, by a flush that something else was the reason of.
      if (this._flushState === Flush.Due) this._flushSafely();
    });
  }

  /** What came from a window was refused before it came to the router. */
  countBadPacket() {
    this._badPackets += 1;
  }

  stats(): string {
    const counters = JSON.parse(this._router.stats()) as { badPackets: number };
    counters.badPackets += this._badPackets;
    return JSON.stringify(counters);
  }

  /** `out`: what the router has handed out already, unless this is at work. */
  private _flush(out?: string) {
    if (this._isFlushing) {
      // What is being sent now goes on to the end, or comes back to it.
      this._flushState = Flush.RunningAgain;
      return;
    }
    this._flushState = out === undefined ? Flush.RunningAgain : Flush.Running;
    try {
      this._sendAll(out ?? "");
    } finally {
      this._flushState = Flush.Idle;
    }
  }

  private get _isFlushing(): boolean {
    return this._flushState >= Flush.Running;
  }

  /** Where nobody could catch anything. */
  private _flushSafely() {
    try {
      this._flush();
    } catch (error) {
      complain("not all could be sent", error);
    }
  }

  private _sendAll(first: string) {
    this._requests.handleWaiting();
    let out = first;
    let sent = this._handOver(out);
    this._takeArrivals();
    // What main does with its packets may make others ready.
    while (this._flushState === Flush.RunningAgain && sent < MAX_TURN) {
      this._flushState = Flush.Running;
      out = this._batches.nextPackets(MAX_AT_ONCE);
      sent += this._handOver(out);
      this._takeArrivals();
    }
    // Others have their turn of main's event loop.
    if (sent >= MAX_TURN) setImmediate(() => this._flushSafely());
    this._requests.waitForHandler(has(out, Mark.RequestsWait));
    if (this._slab.touched) this._slab.sweep(this._router.takeFreedSlots());
  }

  /** How long it was. */
  private _handOver(out: string): number {
    if (has(out, Mark.More) && this._isFlushing) this._flushState = Flush.RunningAgain;
    if (has(out, Mark.Clock)) this._timeouts.look();
    eachPacket(out, this._pass);
    this._turn.spend(out.length);
    return out.length;
  }

  private readonly _pass: TakePacket = (contents, worldAddress, text, slots) => {
    const attachments = slots.length > 0 ? this._slab.get(slots) : NO_ATTACHMENTS;
    if (contents === MAIN) keepArrivals(text, attachments, this._arrivals);
    else this._platform.deliver(contents, worldAddress, text, attachments);
  };

  /** Takes what came for main. */
  private _takeArrivals() {
    const { _arrivals: arrivals } = this;
    if (arrivals.length === 0) return;
    this._arrivals = [];
    this._inbox.add(arrivals);
  }

  private _take([record, read]: Arrival) {
    this._turn.spend(MESSAGE_WEIGHT);
    switch (record[0]) {
      case Kind.Request:
        return this._requests.take(record[1], record[3], senderOf(record[2]), read);
      case Kind.Abort:
        return this._requests.abort(record[1], record[2], read);
      case Kind.Reply:
        return this._outgoing._settle(record[1], record[2] === 1, read);
      case Kind.Nack: {
        const [, subject, code, reason, count, sentence] = record;
        return typeof subject === "string"
          ? this._reports.report(subject, code, reason, count, sentence)
          : this._outgoing._nack(subject, code, reason, sentence);
      }
    }
  }

  /** Requests below a number have waited for a handler for so long, and wait no longer. */
  private _giveUp(before: number, waitedMs: number) {
    const unheard = this._router.dropUnhandledRequests(before, waitedMs);
    eachPacket(unheard, this._pass);
    this._takeArrivals();
    this._requests.refuseWaiting(waitedMs);
    this.flushSoon();
  }

  private _reply(endpoint: number, id: number, ok: boolean, answer: Encoded) {
    this._turn.spend(answer.text.length + sizeOfAll(answer.attachments));
    try {
      if (answer.attachments.length === 0) this._batches.answer(endpoint, id, ok, answer);
      else this._lend(answer, (...payload) => this._router.answer(endpoint, id, ok, ...payload));
    } catch (error) {
      // Not known to happen. If it does, it is one answer's end and not that of all behind it.
      complain("an answer could not be sent", error);
    } finally {
      this.flushSoon();
    }
  }

  private _abort(id: number, reason: unknown) {
    this._lend(encodeReason(reason), (...payload) => this._router.cancel(id, ...payload));
    this.flushSoon();
  }

  /** Puts the attachments into slots while the router is told of them. */
  private _lend({ form, text, attachments }: Encoded, tell: (...payload: Lent) => void) {
    const alone = attachments.map((attachment) => [attachment]);
    this._slab.lend(alone, (...slots) => tell(form, text, ...slots));
    if (this._slab.borrows) this._settleLoans();
  }

  /** Sends what it can of the app's own memory, before the app goes on, and copies the rest. */
  private _settleLoans() {
    this._handOver(this._batches.nextPackets(MAX_AT_ONCE));
    this._slab.sweep(this._router.takeFreedSlots());
    this._slab.settle();
  }
}
