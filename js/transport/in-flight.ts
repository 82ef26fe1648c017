import { append } from "../errors";
import { MESSAGE_WEIGHT, type Message } from "../protocol/protocol";
import { weightOf } from "./size";

/**
 * The messages that were posted over a port and are not acknowledged. An acknowledgement is the number of
 * all messages that were ever taken. If one is dropped, or its number is too high, the next one gives
 * back the same credit.
 */
export class InFlight {
  /** One for each message, the oldest first. */
  private readonly _weights: number[] = [];
  /** How many messages were ever posted. */
  posted = 0;
  /** The weight of all messages in flight. */
  weight = 0;

  add(message: Message) {
    const weight = MESSAGE_WEIGHT + weightOf(message);
    this.posted += 1;
    append(this._weights, weight);
    this.weight += weight;
  }

  /** `taken`: how many messages the other end has ever taken. */
  acknowledge(taken: number) {
    const more = Math.min(taken, this.posted) - this.acknowledged;
    // The number is negative if it is lower than before; splice then removes nothing.
    for (const weight of this._weights.splice(0, more)) this.weight -= weight;
  }

  /** How many messages were ever acknowledged. */
  get acknowledged(): number {
    return this.posted - this._weights.length;
  }
}
