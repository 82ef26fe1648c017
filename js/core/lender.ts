import type { Encoded } from "../codec";
import type { Batches } from "./batches";
import type { Distributor } from "./distributor";
import { MAX_AT_ONCE } from "./packets";
import type { Slab } from "./slab";

/** Gives the router what main sends, with the numbers of attachments in their place. */
export class Lender {
  constructor(
    private readonly _slab: Slab,
    private readonly _batches: Batches,
    private readonly _distributor: Distributor,
  ) {}

  /**
   * Puts the attachments of a payload into slots. `route` gets the line that names them, and the bytes
   * that they count in a queue.
   */
  lend({ attachments }: Encoded, route: (named: string, bytes: number) => void) {
    if (attachments.length === 0) return route("", 0);
    const alone = attachments.map((attachment) => [attachment]);
    this._slab.lend(alone, route);
    if (this._slab.hasBorrowed) this._settle();
  }

  /** Sends what it can of the app's own memory, before the app goes on, and copies the rest. */
  private _settle() {
    const { deliverSingle } = this._distributor;
    this._distributor.distribute(this._batches.nextPackets(MAX_AT_ONCE, deliverSingle));
    this._slab.sweep(this._batches.takeFreedSlots());
    this._slab.settle();
  }
}
