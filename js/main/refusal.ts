import { type Code, Kind } from "../protocol/protocol";

const CODE: Code = "ERR_SUBFRAME";
const SENTENCE = "this is a subframe; initIpc({ subframes: true }) lets subframes take part";

/** The frame that answers a subframe's: whatever that asks or sends is refused. */
export function refusal(frame: string): string {
  const refused = new Map<unknown, number>();
  for (const [kind, address] of JSON.parse(frame || "[]") as [kind: number, address: unknown][]) {
    const known = addressOf(kind, address);
    if (known !== undefined) refused.set(known, 1 + (refused.get(known) ?? 0));
  }
  if (refused.size === 0) return "";
  const nacks = [...refused].map(([known, count]) => [
    Kind.Nack,
    known,
    CODE,
    null,
    count,
    SENTENCE,
  ]);
  return JSON.stringify(nacks);
}

/** Of a request its id, of messages the name of their window. */
function addressOf(kind: number, address: unknown): unknown {
  if (kind === Kind.Call) return (address as unknown[])[0];
  return kind === Kind.Request || kind === Kind.Message ? address : undefined;
}
