import { type Encoded, encode } from "../codec";
import { Mark } from "../protocol/exchange";
import {
  type Code,
  Kind,
  Lane,
  MESSAGE_WEIGHT,
  type OfService,
  type OfTopic,
} from "../protocol/protocol";
import {
  type AskOptions,
  encodeReason,
  type Handler,
  type Nack,
  OutgoingRequests,
  type Report,
  reportOfName,
  senderOf,
  stopRequests,
} from "../requests";
import { Answers } from "./answers";
import { type Arrival, isAnswer } from "./arrivals";
import type { Attachments } from "./attachments";
import type { Arrived, Batches } from "./batches";
import type { Router } from "./binding";
import { Distributor } from "./distributor";
import { Flush } from "./flush";
import { HandlerWait } from "./handler-wait";
import { Inbox } from "./inbox";
import { Lender } from "./lender";
import { MainReports } from "./main-reports";
import { OwnRecords } from "./own-records";
import { hasMark, MAX_AT_ONCE, unknownNames } from "./packets";
import type { Platform } from "./platform";
import { Requests } from "./requests";
import { Services } from "./services";
import { listenTogether } from "./signals";
import {
  arrivalOf,
  payloadOf,
  type Single,
  type SingleInvoke,
  type SingleMessage,
  type SingleRequest,
  singleOf,
} from "./single";
import { Slab } from "./slab";
import { Timeouts } from "./timeouts";
import { Topics } from "./topics";
import type { Turn } from "./turn";

/** In characters; these take 5 ms or so, and less to send than to handle. */
const MAX_TURN = 1024 * 1024;

/** More packets cannot be in flight. */
const MAX_PACKETS = 2 ** 32 - 1;

/** The counters of topics while there are none. */
const NO_TOPICS = { topics: {}, moreTopics: 0, retainedBytes: 0 };

/** The main process's end of the transport, around the router. Knows no Electron. */
export class Switchyard<Event> {
  private readonly _router: Router;
  private readonly _slab = new Slab();
  private readonly _reports = new MainReports();
  private readonly _flush: Flush;
  private readonly _distributor: Distributor;
  private readonly _lender: Lender;
  private readonly _handlerWait: HandlerWait;
  private readonly _requests: Requests<Event>;
  private readonly _outgoing: OutgoingRequests;
  private readonly _inbox: Inbox<Arrival>;
  /** The services that main serves and calls. */
  readonly services: Services<Event>;
  /** The topics that main publishes and subscribes to. */
  readonly topics: Topics;
  private _badPackets = 0;

  constructor(
    private readonly _batches: Batches,
    private readonly _platform: Platform<Event>,
    private readonly _turn: Turn,
  ) {
    const { router } = _batches;
    this._router = router;
    const flush = new Flush((out) => this._sendAll(out));
    this._flush = flush;
    const timeouts = new Timeouts(router, flush);
    this._distributor = new Distributor(_platform, this._slab, timeouts, flush, _turn);
    this._lender = new Lender(this._slab, _batches, this._distributor);
    const answers = new Answers(_batches, this._lender, flush, _turn);
    this._handlerWait = new HandlerWait(router, _platform, (...late) => this._endWait(...late));
    this._outgoing = new OutgoingRequests(
      (...given) => this._cancel(...given),
      _platform.trace,
      listenTogether,
    );
    const own = new OwnRecords(_batches, flush);
    this.services = new Services(router, own, this._lender, this._outgoing, this._handlerWait);
    this._requests = new Requests(
      router,
      _platform,
      this._handlerWait,
      answers,
      flush,
      this.services,
    );
    this.topics = new Topics(own, this._lender);
    this._inbox = new Inbox<Arrival>(isAnswer, (arrival) => this._handle(arrival), _turn);
  }

  handle(handler: Handler<Event>): () => void {
    return this._requests.add(handler);
  }

  send(windowName: string, msg: unknown) {
    const encoded = encode(msg, "msg");
    if (encoded.attachments.length === 0) this._send(windowName, encoded, "", 0);
    else this._lender.lend(encoded, (...named) => this._send(windowName, encoded, ...named));
    this.flushSoon();
  }

  call(windowName: string, msg: unknown, options: AskOptions | undefined): Promise<unknown> {
    const encoded = encode(msg, "msg");
    return this._outgoing._start("callRender", options, (_, id) => {
      this._lender.lend(encoded, (...named) =>
        this._batches.call(windowName, id, encoded, ...named),
      );
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
  get hasPendingRequests(): boolean {
    return this._inbox.isBusy || this._distributor.hasArrivals || this._router.hasPendingRequests();
  }

  /** The documents of these endpoints have ended. */
  cancelRequests(endpoints: readonly number[], reason: Error) {
    this._requests.cancelAll(endpoints, reason);
    this.flushSoon();
  }

  /** Receives a packet from a window. Throws what the router rejects it with. */
  receive(endpoint: number, lanes: number, packet: string, attachments: Attachments) {
    // Packets that the router has handed out may not have left yet.
    const { isRunning } = this._flush;
    if (attachments.length === 0 && !isRunning && !this._platform.hasResolver()) {
      const single = singleOf(packet);
      if (single && this._receiveSingle(endpoint, lanes, packet, single)) return;
    }
    const arrived = { endpoint, lanes, packet, bytes: isRunning ? 0 : MAX_AT_ONCE };
    this._flush.now(this._slab.lend(attachments, (named) => this._route({ ...arrived, named })));
  }

  /** An endpoint has taken more packets. */
  acknowledge(endpoint: number, packets: number) {
    if (this._batches.acknowledge(endpoint, Math.min(packets, MAX_PACKETS))) this._flush.now();
  }

  /** Sends what can go, at the end of this turn of the event loop. */
  flushSoon() {
    this._flush.soon();
  }

  /** Ends the timers. Nothing is sent or received afterwards. */
  stop() {
    this._handlerWait.stop();
    stopRequests(this._outgoing);
  }

  /** A message from a window was rejected before it came to the router. */
  countBadPacket() {
    this._badPackets += 1;
  }

  stats(): string {
    const counters = JSON.parse(this._router.stats()) as { badPackets: number };
    counters.badPackets += this._badPackets;
    return JSON.stringify({ ...NO_TOPICS, ...counters });
  }

  /** Takes the only record of a packet, if the router admits it at once. */
  private _receiveSingle(endpoint: number, lanes: number, packet: string, single: Single): boolean {
    const { record } = single;
    return record[0] === Kind.Message
      ? this._forward(endpoint, lanes, record, payloadOf(packet, single))
      : this._receiveRequest(endpoint, lanes, packet, record);
  }

  private _receiveRequest(
    endpoint: number,
    lanes: number,
    packet: string,
    record: SingleRequest | SingleInvoke,
  ): boolean {
    if (this._inbox.isBusy || this._requests.hasWaiting) return false;
    const isCall = record[0] === Kind.Invoke;
    const service = isCall ? this.services.numberOf(record[2][0]) : 0;
    if (isCall && service === 0) return false;
    const senderTag = this._batches.admission.request(endpoint, lanes, record[1], packet, service);
    if (senderTag === undefined) return false;
    this._turn.spend(packet.length);
    this._distributor.keep(arrivalOf(endpoint, senderTag, record));
    this._flush.now();
    return true;
  }

  /** Forwards a message to another window. */
  private _forward(
    endpoint: number,
    lanes: number,
    [, windowName, form]: SingleMessage,
    payload: string,
  ): boolean {
    const { admission } = this._batches;
    const listener = admission.listener(windowName, Lane.FromOther);
    const sender = admission.senderOf(endpoint);
    if (listener === 0 || sender === undefined) return false;
    const forwarded = `[[${Kind.FromOther},${sender},${form},${payload}]]`;
    const to = admission.message(endpoint, lanes, listener, forwarded);
    if (to) this._distributor.deliverSingle(to, forwarded);
    return to !== undefined;
  }

  private _send(windowName: string, msg: Encoded, named: string, attachedBytes: number) {
    // Handed over at once if it is much, so that its window has work to do.
    if (this._batches.send(windowName, msg, named, attachedBytes)) this._flush.now();
  }

  /** Routes a packet. Asks the app first for windows that it names and that are not there. */
  private _route(arrived: Arrived): string {
    if (!this._platform.hasResolver()) return this._batches.receive(arrived);
    const out = this._batches.receive(arrived, true);
    const unknown = unknownNames(out);
    if (!unknown) return out;
    this._platform.resolve(unknown);
    return this._batches.receive(arrived);
  }

  /** `first`: what the router has handed out already. */
  private _sendAll(first: string) {
    this._requests.handleWaiting();
    let sent = first === "" ? 0 : this._distributor.distribute(first);
    let mayWait = hasMark(first, Mark.RequestsWait);
    this._handleArrivals();
    // While main handles its packets, others may become ready.
    while (sent < MAX_TURN && this._flush.hasMore()) {
      const out = this._batches.nextPackets(MAX_AT_ONCE, this._distributor.deliverSingle);
      // Records that were alone are delivered by now.
      if (out === "") continue;
      sent += this._distributor.distribute(out);
      // Not all that may be next is from the router, and then it has no marks.
      mayWait ||= hasMark(out, Mark.RequestsWait);
      this._handleArrivals();
    }
    // Others have their turn of main's event loop.
    if (sent >= MAX_TURN) this._turn.later(() => this._flush.nowSafely());
    if (mayWait || this._requests.hasWaiting) this._handlerWait.start();
    if (this._slab.hasLent) this._slab.sweep(this._batches.takeFreedSlots());
  }

  /** Handles what came for main. */
  private _handleArrivals() {
    const arrivals = this._distributor.arrivals();
    if (arrivals.length > 0) this._inbox.add(arrivals);
  }

  private _handle([record, read]: Arrival) {
    this._turn.spend(MESSAGE_WEIGHT);
    switch (record[0]) {
      case Kind.Request:
        return this._requests.receive(record[1], record[3], senderOf(record[2]), read);
      case Kind.Invoked: {
        const [, endpoint, senderTag, id, service, method] = record;
        const sender = senderOf(senderTag);
        return this._requests.receive(endpoint, id, sender, read, [service, method]);
      }
      case Kind.Abort:
        return this._requests.abort(record[1], record[2], read);
      case Kind.Reply:
        return this._outgoing._settle(record[1], record[2] === 1, read);
      case Kind.Published:
      case Kind.Retained:
        return this.topics.receive(record[1], record[0] === Kind.Retained, record[2], read);
      case Kind.Nack:
        return this._nacked(record);
    }
  }

  private _nacked(nack: Nack<number | string | OfService | OfTopic>) {
    const [, subject, code, reason, count, sentence] = nack;
    if (typeof subject === "number") this._outgoing._nack(subject, code, reason, sentence);
    else if (typeof subject === "string")
      this._reports.report(subject, code, reason, count, sentence);
    else reportOfName(this._reports, nack as Nack<OfService | OfTopic>);
  }

  /** Requests with a number below `before` have waited for a handler for `waitedMs`, and are dropped. */
  private _endWait(before: number, waitedMs: number) {
    this._distributor.distributePackets(this._router.dropUnhandledRequests(before, waitedMs));
    this._handleArrivals();
    this._requests.rejectWaiting(waitedMs);
    this.flushSoon();
  }

  private _cancel(id: number, reason: unknown) {
    const encoded = encodeReason(reason);
    this._lender.lend(encoded, (named) => this._batches.cancel(id, encoded, named));
    this.flushSoon();
  }
}
