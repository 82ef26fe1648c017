import { type Acknowledgement, type Code, Kind, type Message } from "../protocol/protocol";
import type { Port } from "./world";

/** Packets that an honest sender makes are shorter, in characters, and have fewer records. */
const MAX_READ = 128 * 1024;
const MAX_RECORDS = 4096;

/** In characters: each record gets it, and it may name what a page sent. */
const MAX_SENTENCE = 200;

/** Why a packet is refused. */
export interface Refusal {
  readonly code: Code;
  readonly sentence: string;
}

export const SUBFRAMES_ARE_OUT: Refusal = {
  code: "ERR_SUBFRAME",
  sentence: "this is a subframe; initIpc({ subframes: true }) lets subframes take part",
};

/** The packet that answers one that is refused: whatever that asks or sends is. Never throws. */
export function refusal(packet: string, { code, sentence }: Refusal): string {
  const nacks = nacksOf(read(packet), { code, sentence: sentence.slice(0, MAX_SENTENCE) });
  return nacks.length > 0 ? JSON.stringify(nacks) : "";
}

/**
 * The records that refuse others: requests by their ids, messages by the names of their windows.
 */
export function nacksOf(records: readonly unknown[], { code, sentence }: Refusal): unknown[] {
  const refused = new Map<string | number, number>();
  for (const record of records) {
    const known = addressOf(record);
    if (known !== undefined) refused.set(known, 1 + (refused.get(known) ?? 0));
  }
  return [...refused].map(([known, count]) => [Kind.Nack, known, code, null, count, sentence]);
}

function read(packet: string): unknown[] {
  if (packet === "" || packet.length > MAX_READ) return [];
  try {
    const records: unknown = JSON.parse(packet);
    return Array.isArray(records) ? records.slice(0, MAX_RECORDS) : [];
  } catch {
    return [];
  }
}

/** Of a request its id, of messages the name of their window. */
function addressOf(record: unknown): string | number | undefined {
  const [kind, address] = (Array.isArray(record) ? record : []) as unknown[];
  const ask = kind === Kind.Call ? firstOf(address) : address;
  const id = firstOf(ask);
  if (kind === Kind.Request || kind === Kind.Call) return typeof id === "number" ? id : undefined;
  return kind === Kind.Message && typeof address === "string" ? address : undefined;
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

type Take = (event: { readonly data: unknown }) => void;

/** In the place of a port where main gives none: refuses what it is given, in main's words. */
export class RefusingPort implements Port {
  private _take: Take = () => undefined;
  /** How many messages came. */
  private _came = 0;

  constructor(private readonly _why: Refusal) {}

  addEventListener(_type: "message", take: Take) {
    this._take = take;
  }

  /** Answers the hello, as main does. */
  start() {
    this._say(0);
  }

  postMessage(message: Message | Acknowledgement) {
    if (typeof message === "number") return;
    this._came += 1;
    this._say(this._came);
    const answer = refusal(typeof message === "string" ? message : message[0], this._why);
    if (answer) this._say(answer);
  }

  /** Later, as a port does. */
  private _say(data: Message | Acknowledgement) {
    Promise.resolve().then(() => this._take({ data }));
  }
}
