import { MAX_UNACKNOWLEDGED, MESSAGE_WEIGHT, PIECE_WEIGHT } from "../protocol/protocol";
import { COUNT_WEIGHT, sizeOf } from "../wire";

/**
 * In bytes and units of text, as messages weigh: what may wait of a world's messages, and what a message
 * may have. A world of this package has a quarter in flight and one message that goes beyond.
 */
export const MAX_WAITING = 4 * MAX_UNACKNOWLEDGED;

/** What came over a port and is not taken yet, in order. Nothing is certain about it. */
export class Waiting {
  private messages: unknown[] = [];
  private weights: number[] = [];
  private weight = 0;

  get isEmpty(): boolean {
    return this.messages.length === 0;
  }

  /** Whether a message of this weight may wait too. */
  hasRoomFor(weight: number): boolean {
    return this.weight + weight <= MAX_WAITING;
  }

  add(data: unknown, weight: number) {
    this.messages.push(data);
    this.weights.push(weight);
    this.weight += weight;
  }

  /** The first that waits, with its weight. Only where there is one. */
  next(): [data: unknown, weight: number] {
    const weight = this.weights.shift() as number;
    this.weight -= weight;
    return [this.messages.shift(), weight];
  }

  /** All is dropped. */
  clear() {
    this.messages = [];
    this.weights = [];
    this.weight = 0;
  }
}

/** MESSAGE_WEIGHT more than {@link weightOf}, of whatever came; of lists that are too long without a look at what is in them. */
export function weightOfAny(data: unknown): number {
  if (typeof data === "string") return MESSAGE_WEIGHT + data.length;
  if (!Array.isArray(data)) return MESSAGE_WEIGHT;
  const [frame, , pieces, counts]: unknown[] = data;
  return MESSAGE_WEIGHT + textOf(frame) + weightOfAll(pieces) + COUNT_WEIGHT * lengthOf(counts);
}

function weightOfAll(pieces: unknown): number {
  const count = lengthOf(pieces);
  let weight = PIECE_WEIGHT * count;
  if (weight > MAX_WAITING) return weight;
  for (let i = 0; i < count; i++) {
    const piece = (pieces as unknown[])[i];
    if (typeof piece === "string" || piece instanceof ArrayBuffer) weight += sizeOf(piece);
  }
  return weight;
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

function textOf(frame: unknown): number {
  return typeof frame === "string" ? frame.length : 0;
}
