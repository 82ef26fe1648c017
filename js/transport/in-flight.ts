import { append } from "../errors";
import { MESSAGE_WEIGHT, type Message } from "../protocol/protocol";
import { weightOf } from "./size";

/**
 * What was posted over a port and is not acknowledged. The other end says how many messages it has
 * taken of all that were ever posted; so an acknowledgement that is lost, or says more than was
 * posted, leaves nothing booked that will not be given back by the next.
 */
export class InFlight {
  /** Of each message, the oldest first. */
  private readonly _weights: number[] = [];
  /** How many messages were ever posted. */
  posted = 0;
  /** Of all that is in flight. */
  weight = 0;

  add(message: Message) {
    const weight = MESSAGE_WEIGHT + weightOf(message);
    this.posted += 1;
    append(this._weights, weight);
    this.weight += weight;
  }

  /** The other end has taken so many messages, of all. */
  acknowledge(taken: number) {
    const more = Math.min(taken, this.posted) - this.acknowledged;
    // Fewer than before are none.
    for (const weight of this._weights.splice(0, more)) this.weight -= weight;
  }

  /** How many messages were ever acknowledged. */
  get acknowledged(): number {
    return this.posted - this._weights.length;
  }
}
