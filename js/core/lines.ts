import type { Encoded } from "../codec";
import { LineMark } from "../protocol/exchange";
import { addressOf } from "../requests";

/** A payload of main's, and the line that names its attachments if it has any (slab.ts). */
export interface Lent {
  readonly payload: Encoded;
  readonly named: string;
  /** Bytes that its attachments count in a queue. */
  readonly bytes: number;
}

/** An answer of main to a request. */
export interface Answer {
  readonly asker: number;
  readonly id: number;
  readonly ok: 0 | 1;
  readonly lent: Lent;
}

export function windowLine(windowName: string): string {
  return LineMark.Window + addressOf(windowName);
}

export function messageLine({ named, payload }: Lent): string {
  return `${named}${payload.form},${payload.text}`;
}

export function checkedLine(lent: Lent): string {
  return marked(LineMark.Checked, lent);
}

export function callLine(id: number, lent: Lent): string {
  return marked(`${LineMark.Call}${id},`, lent);
}

export function cancelLine(id: number, lent: Lent): string {
  return marked(`${LineMark.Cancel}${id},`, lent);
}

export function answerLine({ asker, id, ok, lent }: Answer): string {
  return marked(`${LineMark.Answer}${asker},${id},${ok},`, lent);
}

/** Names attachments for the line behind it, or for a packet. */
export function attachmentsLine(firstSlot: number, sizes: readonly number[]): string {
  return `${LineMark.Attachments}${firstSlot},${sizes.join(",")}\n`;
}

/**
 * The lines before a packet. `named`: the line of its attachments. `resolve`: whether unknown names are to
 * come back.
 */
export function beforePacket(named: string, resolve: boolean): string {
  return (resolve ? `${LineMark.Resolve}\n` : "") + named;
}

function marked(mark: string, { named, payload }: Lent): string {
  return `${named}${mark}${payload.form},${payload.text}`;
}
