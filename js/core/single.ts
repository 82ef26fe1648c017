import { json } from "../codec";
import { type Form, Kind } from "../protocol/protocol";
import { isCount } from "../transport";

export type SingleRequest = readonly [kind: Kind.Request, id: number, form: Form, payload: unknown];
export type SingleMessage = readonly [
  kind: Kind.Message,
  windowName: string,
  form: Form,
  payload: unknown,
];

/** A record of a page, whose packet has no other and no attachments. */
export interface Single {
  readonly record: SingleRequest | SingleMessage;
  /** Where its payload begins in the packet, in characters. */
  readonly payloadAt: number;
}

/**
 * In characters. A shorter packet is parsed to see whether it has one record; a longer one only if
 * nothing in it looks like a second record, so that little of a burst is parsed in vain.
 */
const SHORT = 2_048;

/** Between two records, and in payloads with lists of lists. */
const BETWEEN_RECORDS = "],[";

/**
 * The longest message to another window that is parsed, in characters: the router checks a long one in
 * less time, and main does not need its value.
 */
const MAX_MESSAGE = 4_096;

/** The record of a packet, if there is one, and written as this package writes it. */
export function singleOf(packet: string): Single | undefined {
  const isRequest = packet.startsWith(`[[${Kind.Request},`);
  if (!isRequest && !packet.startsWith(`[[${Kind.Message},`)) return undefined;
  if (packet.length > (isRequest ? SHORT : MAX_MESSAGE)) {
    if (!isRequest || packet.includes(BETWEEN_RECORDS)) return undefined;
  }
  const record = onlyRecordOf(packet);
  if (!record || !isSound(record)) return undefined;
  const head = headOf(record);
  return packet.startsWith(head) ? { record, payloadAt: head.length } : undefined;
}

/** The text of its payload. The packet was parsed, so the record ends with the packet. */
export function payloadOf(packet: string, { payloadAt }: Single): string {
  return packet.slice(payloadAt, -"]]".length);
}

function onlyRecordOf(packet: string): Single["record"] | undefined {
  try {
    const records = json.parse(packet) as unknown[][];
    const [record] = records;
    if (records.length !== 1 || !record || record.length !== 4) return undefined;
    return packet.endsWith("]]") ? (record as unknown as Single["record"]) : undefined;
  } catch {
    return undefined;
  }
}

/** Before the payload. */
function headOf([kind, address, form]: Single["record"]): string {
  return `[[${kind},${typeof address === "number" ? address : JSON.stringify(address)},${form},`;
}

function isSound([kind, address, form]: Single["record"]): boolean {
  if (form !== 0 && form !== 1) return false;
  return kind === Kind.Request ? isCount(address) : typeof address === "string";
}
