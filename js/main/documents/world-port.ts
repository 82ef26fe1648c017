import type { MessagePortMain } from "electron";
import type { Attachments } from "../../core/attachments";
import { REJECTED_WORK, type Turn } from "../../core/turn";
import { failure, untitled } from "../../errors";
import {
  DEVELOPING,
  MESSAGE_WEIGHT,
  type Message,
  NOTICE_GOODBYE,
  NOTICE_HERE,
  type WorldAddress,
} from "../../protocol/protocol";
import {
  Acknowledgements,
  InFlight,
  isCount,
  OVERSIZED,
  Reassembler,
  type Rejection,
  rejectionOf,
  sendFragmented,
} from "../../transport";
import { checked } from "./checked";
import { withoutOversized } from "./oversized";
import type { PortTransport, TransportEvents, TransportSettings } from "./transport";
import { restOf } from "./unsent";
import { MAX_WAITING, Waiting, weightOfAny } from "./waiting";

/** A world may have four times that in flight to main (`WorldTransport`). */
const ACKNOWLEDGE_AT = 256 * 1024;

/**
 * Bytes and units of text: a world that has more in flight gets no answers to what is rejected. An
 * honest world has 1 MiB in flight to main, and the answers to that are at most 16 times as long.
 */
const MAX_REJECTED = 32 * 1024 * 1024;

/** The state of a port to one world. */
enum State {
  Open,
  /** The document has ended. Messages that come wait until the port closes. */
  Held,
  /** The port has closed at the other end. Messages that still come were sent before by its document. */
  Left,
  Closed,
}

/** The port to one world. */
export class WorldPort {
  private readonly _reassembler: Reassembler;
  private readonly _taken = new Acknowledgements(ACKNOWLEDGE_AT);
  private readonly _inFlight = new InFlight();
  /**
   * For each packet of the router's that is in flight, the number of messages that had been posted
   * with its last one. The packet has arrived when these have.
   */
  private readonly _ends: number[] = [];
  /** The lanes that the world listens to. */
  private _lanes = 0;
  /** Messages that came and are not handled yet. */
  private readonly _waiting = new Waiting();
  private _state = State.Open;
  private readonly _turn: Turn;

  constructor(
    private readonly _transport: PortTransport,
    private readonly _worldAddress: WorldAddress,
    private readonly _port: MessagePortMain,
    private readonly _events: TransportEvents,
    private readonly _settings: TransportSettings,
  ) {
    this._turn = _settings.turn;
    this._reassembler = new Reassembler(_settings.maxKept);
    _port.on("message", ({ data }) => this._receive(data));
    // The document has ended, and nothing else has its port.
    _port.on("close", () => {
      if (this._state !== State.Closed) this._state = State.Left;
      while (this.handleNext());
    });
    _port.start();
  }

  answer() {
    if (this._settings.isDeveloping) this._port.postMessage(["", DEVELOPING]);
    this._port.postMessage(0);
  }

  send(packet: string, attachments: Attachments) {
    try {
      if (attachments.length === 0) this._post(packet);
      else sendFragmented(packet, 0, attachments, true, this._post);
    } catch (error) {
      this._drop(packet, error);
    } finally {
      this._ends.push(this._inFlight.posted);
    }
  }

  /** Answers a packet that is rejected. A world that takes none of these answers gets no more of them. */
  reject(packet: string, why: Rejection) {
    if (this._inFlight.weight > MAX_REJECTED) return;
    const answer = rejectionOf(packet, why);
    if (answer) this._post(answer);
  }

  hold() {
    if (this._state === State.Open) this._state = State.Held;
  }

  close() {
    this._state = State.Closed;
    this._waiting.clear();
    this._port.close();
  }

  /** Handles the first message that waits; whether there are more. */
  handleNext(): boolean {
    if (this._state === State.Held || this._waiting.isEmpty) return false;
    this._handle(...this._waiting.next());
    return !this._waiting.isEmpty;
  }

  private _receive(data: unknown) {
    if (this._state === State.Closed) return;
    const isHeld = this._state === State.Held;
    if (!isHeld && this._isNewAcknowledgement(data)) return this._handle(data, 0);
    const weight = weightOfAny(data);
    if (!this._waiting.hasRoomFor(weight)) {
      if (!isHeld) this._cutOff();
      return;
    }
    // A message that comes alone is handled at once, and costs no place in the queue.
    if (this._waiting.isEmpty && !isHeld && !this._turn.isBusy) return this._handle(data, weight);
    this._waiting.add(data, weight);
    if (!isHeld) this._turn.wait(this);
  }

  /**
   * An acknowledgement that frees room goes before all. One that does not is work like any message.
   */
  private _isNewAcknowledgement(data: unknown): boolean {
    const { acknowledged, posted } = this._inFlight;
    return isCount(data) && acknowledged < posted && acknowledged < data;
  }

  /** More came than an honest world has in flight. The world gets the reason, and its port is closed. */
  private _cutOff() {
    const why = failure(
      "ERR_BAD_PACKET",
      `this page has more than ${MAX_WAITING} bytes in flight to main, and main closed its port`,
    );
    this._events.badPacket();
    this._events.rejected(this._transport, why);
    try {
      this._port.postMessage([why.code, untitled(why.message)] as unknown as Message);
    } finally {
      this.close();
    }
  }

  private readonly _post = (message: Message) => {
    this._port.postMessage(message);
    this._inFlight.add(message);
  };

  private _handle(data: unknown, weight: number) {
    try {
      if (isCount(data)) return this._acknowledged(data, weight);
      const attachments = this._attachmentsOf(data, weight);
      if (attachments) this._packet(data as Message, attachments);
    } catch (error) {
      this._rejected(data, error);
    }
  }

  /** The attachments of a packet; undefined where there are only fragments. All data is acknowledged. */
  private _attachmentsOf(data: unknown, weight: number): Attachments | undefined {
    let work = weight;
    try {
      return this._reassembler.take(checked(data, this._reassembler.pending));
    } catch (error) {
      work = ACKNOWLEDGE_AT + MESSAGE_WEIGHT;
      this._events.badPacket();
      throw failure("ERR_BAD_PACKET", `the packet was rejected: ${(error as Error).message}`);
    } finally {
      this._turn.spend(work);
      this._taken.add(work - MESSAGE_WEIGHT);
      const due = this._taken.due();
      if (due > 0) this._port.postMessage(due);
    }
  }

  private _packet(message: Message, attachments: Attachments) {
    const { _transport: transport, _worldAddress: worldAddress, _events: events } = this;
    if (typeof message === "string") {
      return events.packet(transport, worldAddress, message, this._lanes, attachments);
    }
    const [packet, lanes] = message;
    if (lanes === NOTICE_HERE) return events.here(transport, packet);
    if (lanes === NOTICE_GOODBYE) return events.leaves(transport);
    this._lanes = lanes;
    if (!attachments.includes(OVERSIZED))
      return events.packet(transport, worldAddress, packet, lanes, attachments);
    const [rest, kept] = withoutOversized(packet, attachments, this._settings.maxKept());
    events.packet(transport, worldAddress, rest, lanes, kept);
  }

  /** Rejects a packet that cannot be read. If the document has ended, nobody waits for that. */
  private _rejected(data: unknown, error: unknown) {
    this._turn.spend(REJECTED_WORK);
    this._events.rejected(this._transport, error);
    const { code, message } = error as { code?: unknown; message: string };
    const packet: unknown = Array.isArray(data) ? data[0] : data;
    if (code !== "ERR_BAD_PACKET" || typeof packet !== "string") return;
    this.reject(packet, { code, sentence: untitled(message) });
  }

  private _acknowledged(taken: number, work = 0) {
    this._turn.spend(work);
    this._inFlight.acknowledge(taken);
    const { acknowledged } = this._inFlight;
    let packets = 0;
    while ((this._ends[packets] ?? Number.POSITIVE_INFINITY) <= acknowledged) packets += 1;
    if (packets === 0) return;
    this._ends.splice(0, packets);
    this._events.acknowledged(this._transport, this._worldAddress, packets);
  }

  /** A packet could not be posted, or not all of it. Requests that wait for its records get an error. */
  private _drop(packet: string, error: unknown) {
    this._events.rejected(this._transport, error);
    const { down, up } = restOf(packet, error);
    // Later: this is in the middle of what the router hands out.
    Promise.resolve().then(() => this._afterwards(up));
    // Its fragments that did come must not be taken for the next packet's.
    this._post(["", 0]);
    if (down) this._post(down);
  }

  private _afterwards(packet: string) {
    try {
      // Maybe nothing of it was posted, and nothing will be acknowledged.
      this._acknowledged(this._inFlight.acknowledged);
      if (packet) this._events.packet(this._transport, this._worldAddress, packet, this._lanes, []);
    } catch (error) {
      this._events.rejected(this._transport, error);
    }
  }
}
