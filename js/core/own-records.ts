import type { Encoded } from "../codec";
import type { Kind } from "../protocol/protocol";
import type { Batches } from "./batches";
import type { Flush } from "./flush";

/** The payload of a record without one. */
const NOTHING: Encoded = { form: 0, text: "0", attachments: [] };

/** Records that main sends as a window does: those of its services and topics. */
export class OwnRecords {
  constructor(
    private readonly _batches: Batches,
    private readonly _flush: Flush,
  ) {}

  /** `line`: the line that names the attachments, if there are any. */
  send(kind: Kind, address: number | string, payload = NOTHING, line = "") {
    if (this._batches.own(kind, address, payload, line)) this._flush.now();
    this._flush.soon();
  }
}
