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
  private hasEnded = false;

  get isEmpty(): boolean {
    return this.messages.length === 0;
  }

  /** Whether something waits before the last. */
  get isMany(): boolean {
    return this.messages.length > 1;
  }

  /** False where that is more than may wait; nothing is kept then. */
  add(data: unknown): boolean {
    if (this.hasEnded) return true;
    const weight = weightOfAny(data);
    if (this.weight + weight > MAX_WAITING) return false;
    this.messages.push(data);
    this.weights.push(weight);
    this.weight += weight;
    return true;
  }

  next(): unknown {
    this.weight -= this.weights.shift() ?? 0;
    return this.messages.shift();
  }

  /** All is dropped, and what comes from now on. */
  end() {
    this.hasEnded = true;
    this.messages = [];
    this.weights = [];
    this.weight = 0;
  }
}

/** As {@link weightOf}, of whatever it is; of lists that are too long without a look at what is in them. */
function weightOfAny(data: unknown): number {
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
