import { encode } from "../../codec";
import { failure } from "../../errors";
import { Kind } from "../../protocol/protocol";
import { recordsOf } from "../../requests";

/** The rest of a packet that could not be posted; each member is a packet, or empty. */
export interface Rest {
  /** To the page in its place: errors for answers, and the records without payload. */
  readonly down: string;
  /** The errors that the page would answer to its calls. */
  readonly up: string;
}

/** The rest that takes the place of a packet that could not be posted, for those that wait for its records. */
export function restOf(packet: string, error: unknown): Rest {
  const why = failure(
    "ERR_BAD_PACKET",
    `the packet could not be posted: ${error}`.slice(0, MAX_SENTENCE),
  );
  const { form, text } = encode(why, "error");
  const down: string[] = [];
  const up: string[] = [];
  for (const record of recordsOf(packet)) {
    const [kind, address] = record;
    if (kind === Kind.Reply) down.push(`[${kind},${address},0,${form},${text}]`);
    if (kind === Kind.Nack) down.push(JSON.stringify(record));
    if (kind === Kind.Call) up.push(`[${Kind.Answer},[${address},0],${form},${text}]`);
  }
  return { down: packetOf(down), up: packetOf(up) };
}

/** In characters. */
const MAX_SENTENCE = 200;

function packetOf(records: readonly string[]): string {
  return records.length > 0 ? `[${records}]` : "";
}
