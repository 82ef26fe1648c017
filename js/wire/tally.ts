import { ACKNOWLEDGE_COUNT } from "../protocol/protocol";

/** Counts the messages that came over a port, until it is time to acknowledge them. */
export class Tally {
  count = 0;
  private told = 0;
  private weight = 0;

  /** `most`: the weight that is acknowledged at once. */
  constructor(private readonly most: number) {}

  /** One more came, readable or not. */
  add(weight: number) {
    this.count += 1;
    this.weight += weight;
  }

  /** How many ever came, if that is to be acknowledged now; 0 while it is too early. */
  due(): number {
    const isDue = this.count - this.told >= ACKNOWLEDGE_COUNT || this.weight >= this.most;
    return isDue ? this.rest() : 0;
  }

  /** How many ever came, if that was not said yet; otherwise 0. */
  rest(): number {
    if (this.told === this.count) return 0;
    this.told = this.count;
    this.weight = 0;
    return this.count;
  }

  /** What was said last could not be posted. */
  forget() {
    this.told = 0;
  }
}
