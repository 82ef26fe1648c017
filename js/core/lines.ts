import type { Encoded } from "../codec";
import { LineMark } from "../protocol/exchange";
import type { Kind } from "../protocol/protocol";
import { addressOf } from "../requests";

/** An answer of main to a request. */
export interface Answer {
  readonly asker: number;
  readonly id: number;
  readonly ok: 0 | 1;
  readonly payload: Encoded;
  /** The line that names its attachments, if it has any (slab.ts). */
  readonly named: string;
}

export function windowLine(windowName: string): string {
  return LineMark.Window + addressOf(windowName);
}

/** With the line break before it, which it always has: a window's line is there. */
export function messageLine({ form, text }: Encoded, named: string): string {
  return named === "" ? `\n${form},${text}` : `\n${named}${form},${text}`;
}

export function checkedLine({ form, text }: Encoded, named: string): string {
  return `${named}${LineMark.Checked}${form},${text}`;
}

export function callLine(id: number, { form, text }: Encoded, named: string): string {
  return `${named}${LineMark.Call}${id},${form},${text}`;
}

export function cancelLine(id: number, { form, text }: Encoded, named: string): string {
  return `${named}${LineMark.Cancel}${id},${form},${text}`;
}

export function answerLine({ asker, id, ok, payload, named }: Answer): string {
  return `${named}${LineMark.Answer}${asker},${id},${ok},${payload.form},${payload.text}`;
}

/** `address`: as JSON. */
export function ownLine(
  kind: Kind,
  address: number | string,
  { form, text }: Encoded,
  named: string,
): string {
  return `${named}${LineMark.Own}${kind},${address},${form},${text}`;
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
