import { ACKNOWLEDGE_COUNT } from "../protocol/protocol";

/** Counts what was taken from a port, until it is time to acknowledge it. */
export class Tally {
  private count = 0;
  private size = 0;

  /** `most`: in bytes and units of text. */
  constructor(private readonly most: number) {}

  /** More was taken that the next one counted brings with it. */
  weigh(size: number) {
    this.size += size;
  }

  /** One more was taken. How many are to be acknowledged now; 0 while it is too early. */
  add(size: number): number {
    this.count += 1;
    this.size += size;
    if (this.count < ACKNOWLEDGE_COUNT && this.size < this.most) return 0;
    const due = this.count;
    this.count = 0;
    this.size = 0;
    return due;
  }
}
