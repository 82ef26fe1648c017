import { FRAGMENT_WEIGHT, MAX_UNACKNOWLEDGED, MESSAGE_WEIGHT } from "../../protocol/protocol";
import { COUNT_WEIGHT, sizeOf } from "../../transport";

/**
 * In bytes and units of text, as messages weigh: what may wait of a world's messages, and what a message
 * may have. A world of this package has a quarter in flight and one message that goes beyond.
 */
export const MAX_WAITING = 4 * MAX_UNACKNOWLEDGED;

/** Data that came over a port and is not handled yet, in order. Nothing is certain about it. */
export class Waiting {
  private _messages: unknown[] = [];
  private _weights: number[] = [];
  private _weight = 0;

  get isEmpty(): boolean {
    return this._messages.length === 0;
  }

  /** Whether a message of this weight may wait too. */
  hasRoomFor(weight: number): boolean {
    return this._weight + weight <= MAX_WAITING;
  }

  add(data: unknown, weight: number) {
    this._messages.push(data);
    this._weights.push(weight);
    this._weight += weight;
  }

  /** The first that waits, with its weight. Only where there is one. */
  next(): [data: unknown, weight: number] {
    const weight = this._weights.shift() as number;
    this._weight -= weight;
    return [this._messages.shift(), weight];
  }

  /** All is dropped. */
  clear() {
    this._messages = [];
    this._weights = [];
    this._weight = 0;
  }
}

/**
 * MESSAGE_WEIGHT more than {@link weightOf}, of any data that came. A list that is too long is not
 * looked into.
 */
export function weightOfAny(data: unknown): number {
  if (typeof data === "string") return MESSAGE_WEIGHT + data.length;
  if (!Array.isArray(data)) return MESSAGE_WEIGHT;
  const [packet, , fragments, counts]: unknown[] = data;
  return MESSAGE_WEIGHT + textOf(packet) + weightOfAll(fragments) + COUNT_WEIGHT * lengthOf(counts);
}

function weightOfAll(fragments: unknown): number {
  const count = lengthOf(fragments);
  let weight = FRAGMENT_WEIGHT * count;
  if (weight > MAX_WAITING) return weight;
  for (let i = 0; i < count; i++) {
    const fragment = (fragments as unknown[])[i];
    if (typeof fragment === "string" || fragment instanceof ArrayBuffer) weight += sizeOf(fragment);
  }
  return weight;
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

function textOf(packet: unknown): number {
  return typeof packet === "string" ? packet.length : 0;
}
