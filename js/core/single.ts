import { json } from "../codec";
import { type Form, Kind, type SenderTag } from "../protocol/protocol";
import { readerOf } from "../requests";
import type { Arrival } from "./arrivals";
import type { Called } from "./requests";

export type SingleRequest = readonly [kind: Kind.Request, id: number, form: Form, payload: unknown];
/** A call of a service of main's. */
export type SingleInvoke = readonly [
  kind: Kind.Invoke,
  id: number,
  called: Called,
  form: Form,
  payload: unknown,
];
export type SingleMessage = readonly [
  kind: Kind.Message,
  windowName: string,
  form: Form,
  payload: unknown,
];

/** A record of a page, whose packet has no other and no attachments. */
export interface Single {
  readonly record: SingleRequest | SingleInvoke | SingleMessage;
  /** Where its payload begins in the packet, in characters. */
  readonly payloadAt: number;
}

/**
 * In characters. A shorter packet in which something looks like a second record is parsed to see whether it
 * is one; a longer one is not, so that little of a burst is parsed in vain.
 */
const SHORT = 2_048;

/** Between two records, and in payloads with lists of lists. */
const BETWEEN_RECORDS = "],[";

/**
 * The longest message to another window that is parsed, in characters: the router checks a long one in
 * less time, and main does not need its value.
 */
const MAX_MESSAGE = 4_096;

const REQUEST = `[[${Kind.Request},`;
const INVOKE = `[[${Kind.Invoke},[`;
const MESSAGE = `[[${Kind.Message},`;
/** Between the id of a call and the names, if main is asked. */
const TO_MAIN = ",0,";

/** An integer of 15 digits is safe. */
const MAX_DIGITS = 15;

const ZERO = 48;
const COMMA = 44;
const END = 93;

/**
 * The record of a packet, if there is one, and written as this package writes it. Its head is compared
 * character by character, so that only its payload is parsed.
 */
export function singleOf(packet: string): Single | undefined {
  const { length } = packet;
  if (packet.charCodeAt(length - 1) !== END || packet.charCodeAt(length - 2) !== END)
    return undefined;
  if (packet.startsWith(REQUEST)) return requestOf(packet);
  if (packet.startsWith(INVOKE)) return invokeOf(packet);
  return packet.startsWith(MESSAGE) && length <= MAX_MESSAGE ? messageOf(packet) : undefined;
}

/** The text of its payload. */
export function payloadOf(packet: string, { payloadAt }: Single): string {
  return packet.slice(payloadAt, -"]]".length);
}

/** A request to main as the router would hand it out. */
export function arrivalOf(
  endpoint: number,
  senderTag: SenderTag,
  record: SingleRequest | SingleInvoke,
): Arrival {
  if (record[0] === Kind.Request) {
    const [kind, id, form, payload] = record;
    return [[kind, endpoint, senderTag, id, form, payload], readerOf(form, payload, [])];
  }
  const [, id, called, form, payload] = record;
  const head = [Kind.Invoked, endpoint, senderTag, id, ...called] as const;
  return [[...head, form, payload], readerOf(form, payload, [])];
}

function requestOf(packet: string): Single | undefined {
  const first = REQUEST.length;
  const at = endOfDigits(packet, first);
  const id = integerOf(packet, first, at);
  if (id === undefined) return undefined;
  const form = formAt(packet, at);
  if (form === undefined) return undefined;
  const payloadAt = at + FORM_LENGTH;
  const payload = parsed(packet, payloadAt);
  return payload && { record: [Kind.Request, id, form, payload.value], payloadAt };
}

function invokeOf(packet: string): Single | undefined {
  const first = INVOKE.length;
  const end = endOfDigits(packet, first);
  const id = integerOf(packet, first, end);
  if (id === undefined || !packet.startsWith(TO_MAIN, end)) return undefined;
  // In a name that has this within, the name ends later: it is not read here.
  const at = packet.indexOf('"],', end) + 1;
  const called = calledOf(packet.slice(end + TO_MAIN.length, at));
  const form = formAt(packet, at + 1);
  if (!called || form === undefined) return undefined;
  const payloadAt = at + 1 + FORM_LENGTH;
  const payload = parsed(packet, payloadAt);
  return payload && { record: [Kind.Invoke, id, called, form, payload.value], payloadAt };
}

/** The calls of pages are of few methods. */
const MAX_CALLED = 1_000;

const knownCalls = new Map<string, Called>();

/** The service and the method that are written so by JSON.stringify, with a comma between. */
function calledOf(names: string): Called | undefined {
  const known = knownCalls.get(names);
  if (known) return known;
  try {
    const called = json.parse(`[${names}]`) as unknown[];
    const areNames = called.length === 2 && called.every((name) => typeof name === "string");
    if (!areNames || JSON.stringify(called) !== `[${names}]`) return undefined;
    if (knownCalls.size >= MAX_CALLED) knownCalls.clear();
    knownCalls.set(names, called as unknown as Called);
    return called as unknown as Called;
  } catch {
    return undefined;
  }
}

/** The end of the digits that begin there. */
function endOfDigits(packet: string, first: number): number {
  let at = first;
  for (let digit = digitAt(packet, at); digit >= 0 && digit <= 9; digit = digitAt(packet, at)) {
    at += 1;
  }
  return at;
}

/** The integer that is written there, as this package writes it. */
function integerOf(packet: string, first: number, end: number): number | undefined {
  const digits = end - first;
  if (digits === 0 || digits > MAX_DIGITS || (digits > 1 && digitAt(packet, first) === 0))
    return undefined;
  let integer = 0;
  for (let at = first; at < end; at++) integer = 10 * integer + digitAt(packet, at);
  return integer;
}

function messageOf(packet: string): Single | undefined {
  // In a name that has this within, the name ends later: it is not read here.
  const at = packet.indexOf('",', MESSAGE.length + 1) + 1;
  const windowName = nameOf(packet.slice(MESSAGE.length, at));
  const form = formAt(packet, at);
  if (windowName === undefined || form === undefined) return undefined;
  const payloadAt = at + FORM_LENGTH;
  const payload = parsed(packet, payloadAt);
  return payload && { record: [Kind.Message, windowName, form, payload.value], payloadAt };
}

/** Messages to one window come in runs. */
const lastName = { json: "", name: "" };

/** The name that is written so by JSON.stringify. */
function nameOf(name: string): string | undefined {
  if (name === lastName.json) return name === "" ? undefined : lastName.name;
  try {
    const value = json.parse(name);
    if (typeof value !== "string" || JSON.stringify(value) !== name) return undefined;
    lastName.json = name;
    lastName.name = value;
    return value;
  } catch {
    return undefined;
  }
}

/** The characters of a form with the commas around it. */
const FORM_LENGTH = 3;

function formAt(packet: string, at: number): 0 | 1 | undefined {
  if (packet.charCodeAt(at) !== COMMA || packet.charCodeAt(at + 2) !== COMMA) return undefined;
  const form = digitAt(packet, at + 1);
  return form === 0 || form === 1 ? form : undefined;
}

/** Not from 0 to 9 where there is no digit; NaN behind the end. */
function digitAt(packet: string, at: number): number {
  return packet.charCodeAt(at) - ZERO;
}

/** The payload of a packet with one record. Undefined if there are more, or it is no JSON. */
function parsed(packet: string, payloadAt: number): { readonly value: unknown } | undefined {
  const mayHaveMore = packet.includes(BETWEEN_RECORDS);
  if (mayHaveMore && packet.length > SHORT) return undefined;
  try {
    if (!mayHaveMore) return { value: json.parse(packet.slice(payloadAt, -"]]".length)) };
    const [record, ...others] = json.parse(packet) as unknown[][];
    return others.length === 0 && record?.length === 4 ? { value: record[3] } : undefined;
  } catch {
    return undefined;
  }
}
