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

/** The nacks of records, one for each subject. */
export function nacksOf(records: readonly unknown[], { code, sentence }: Rejection): unknown[] {
  const rejected = new Map<string, number>();
  for (const record of records) {
    const subject = JSON.stringify(subjectOf(record));
    if (subject) rejected.set(subject, 1 + (rejected.get(subject) ?? 0));
  }
  return [...rejected].map(([subject, count]) => [
    Kind.Nack,
    JSON.parse(subject),
    code,
    null,
    count,
    sentence,
  ]);
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

/** The id of a request, the name of a message's window, or in an array a topic; undefined for other records. */
function subjectOf(record: unknown): unknown {
  const [kind, address] = arrayOf(record);
  switch (kind) {
    case Kind.Request:
      return only("number", firstOf(address));
    case Kind.Call:
    case Kind.Invoke:
      return only("number", firstOf(firstOf(address)));
    case Kind.Message:
      return only("string", address);
    case Kind.Name:
    case Kind.Subscribe:
      return [only("string", arrayOf(address)[1])];
    case Kind.Publish:
      return [null];
  }
  return undefined;
}

function only(type: "number" | "string", value: unknown): unknown {
  return typeof value === type ? value : undefined;
}

function arrayOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
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
