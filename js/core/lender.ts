import type { Encoded } from "../codec";
import type { Form } from "../protocol/protocol";
import type { Batches } from "./batches";
import type { Distributor } from "./distributor";
import { MAX_AT_ONCE } from "./packets";
import type { Slab } from "./slab";

/** A payload as the router takes it: with its attachments' first slot, and their sizes. */
type Lent = [form: Form, text: string, firstSlot: number, sizes: number[]];

/** Gives the router what main sends with attachments. */
export class Lender {
  constructor(
    private readonly _slab: Slab,
    private readonly _batches: Batches,
    private readonly _distributor: Distributor,
  ) {}

  /** Puts the attachments into slots, and `route` gives the router their numbers. */
  lend({ form, text, attachments }: Encoded, route: (...payload: Lent) => void) {
    const alone = attachments.map((attachment) => [attachment]);
    this._slab.lend(alone, (...slots) => route(form, text, ...slots));
    if (this._slab.hasBorrowed) this._settle();
  }

  /** Sends what it can of the app's own memory, before the app goes on, and copies the rest. */
  private _settle() {
    const { deliverSingle } = this._distributor;
    this._distributor.distribute(this._batches.nextPackets(MAX_AT_ONCE, deliverSingle));
    this._slab.sweep(this._batches.router.takeFreedSlots());
    this._slab.settle();
  }
}
