import { ACKNOWLEDGE_COUNT } from "../protocol/protocol";

/** Counts the messages that came over a port, until it is time to acknowledge them. */
export class Tally {
  count = 0;
  private _told = 0;
  private _weight = 0;

  /** `_most`: the weight that is acknowledged at once. */
  constructor(private readonly _most: number) {}

  /** One more came, readable or not. */
  add(weight: number) {
    this.count += 1;
    this._weight += weight;
  }

  /** How many ever came, if that is to be acknowledged now; 0 while it is too early. */
  due(): number {
    const isDue = this.count - this._told >= ACKNOWLEDGE_COUNT || this._weight >= this._most;
    return isDue ? this.rest() : 0;
  }

  /** How many ever came, if that was not said yet; otherwise 0. */
  rest(): number {
    if (this._told === this.count) return 0;
    this._told = this.count;
    this._weight = 0;
    return this.count;
  }

  /** What was said last could not be posted. */
  forget() {
    this._told = 0;
  }
}
