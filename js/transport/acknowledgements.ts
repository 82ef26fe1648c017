import { ACKNOWLEDGE_COUNT } from "../protocol/protocol";

/** Counts the messages that came over a port, and says when they are to be acknowledged. */
export class Acknowledgements {
  _count = 0;
  private _acknowledged = 0;
  private _weight = 0;

  /** `_maxWeight`: the messages are acknowledged at once when they have this weight. */
  constructor(private readonly _maxWeight: number) {}

  /** Counts a message, readable or not. */
  add(weight: number) {
    this._count += 1;
    this._weight += weight;
  }

  /** The number to acknowledge now: of all messages that ever came. 0 while it is too early. */
  due(): number {
    const isDue =
      this._count - this._acknowledged >= ACKNOWLEDGE_COUNT || this._weight >= this._maxWeight;
    return isDue ? this.rest() : 0;
  }

  /** The number to acknowledge if no more messages come. 0 if it was acknowledged already. */
  rest(): number {
    if (this._acknowledged === this._count) return 0;
    this._acknowledged = this._count;
    this._weight = 0;
    return this._count;
  }

  /** The last acknowledgement could not be posted. */
  retry() {
    this._acknowledged = 0;
  }
}
