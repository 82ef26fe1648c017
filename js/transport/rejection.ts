import { type Acknowledgement, type Code, Kind, type Message } from "../protocol/protocol";
import type { Port } from "./world";

/** In characters, and in records: packets of this package are shorter. */
const MAX_READ = 128 * 1024;
const MAX_RECORDS = 4096;

/** In characters. Each nack repeats the sentence, and the sentence may quote what a page sent. */
const MAX_SENTENCE = 200;

/** Why a packet is rejected. */
export interface Rejection {
  readonly code: Code;
  readonly sentence: string;
}

export const SUBFRAMES_ARE_OUT: Rejection = {
  code: "ERR_SUBFRAME",
  sentence: "this is a subframe; initIpc({ subframes: true }) lets subframes in",
};

/** The packet of nacks that answers a rejected packet; "" if nothing of it has a sender to notify. Never throws. */
export function rejectionOf(packet: string, { code, sentence }: Rejection): string {
  const nacks = nacksOf(read(packet), { code, sentence: sentence.slice(0, MAX_SENTENCE) });
  return nacks.length > 0 ? JSON.stringify(nacks) : "";
}

/**
 * The nacks of records: of requests by their ids, of messages by the names of their windows.
 */
export function nacksOf(records: readonly unknown[], { code, sentence }: Rejection): unknown[] {
  const rejected = new Map<string | number, number>();
  for (const record of records) {
    const address = addressOf(record);
    if (address !== undefined) rejected.set(address, 1 + (rejected.get(address) ?? 0));
  }
  return [...rejected].map(([address, count]) => [Kind.Nack, address, code, null, count, sentence]);
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

/** The id of a request, or the name of a message's window. */
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

/** The port of a document that main rejected: it answers each packet with nacks, in place of main. */
export class RejectingPort implements Port {
  private _take: Take = () => undefined;
  /** How many messages came. */
  private _count = 0;

  constructor(private readonly _why: Rejection) {}

  addEventListener(_type: "message", take: Take) {
    this._take = take;
  }

  /** Answers the hello as main does. */
  start() {
    this._answer(0);
  }

  postMessage(message: Message | Acknowledgement) {
    if (typeof message === "number") return;
    this._count += 1;
    this._answer(this._count);
    const answer = rejectionOf(typeof message === "string" ? message : message[0], this._why);
    if (answer) this._answer(answer);
  }

  /** Asynchronous, as a port is. */
  private _answer(data: Message | Acknowledgement) {
    Promise.resolve().then(() => this._take({ data }));
  }
}
