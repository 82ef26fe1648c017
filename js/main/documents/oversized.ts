import { encode } from "../../codec";
import type { Attachments } from "../../core/attachments";
import { failure } from "../../errors";
import { Kind } from "../../protocol/protocol";
import { encodeReason, membersOf } from "../../requests";
import { OVERSIZED } from "../../transport";

/**
 * A packet in which errors stand for answers, and for the reasons of cancelled requests, that have an attachment
 * which was too long to be kept. The router lets answers in whatever their size is, and rejects
 * other records for their size. `maxBytes`: `maxQueueBytes`.
 */
export function withoutOversized(
  packet: string,
  attachments: Attachments,
  maxBytes: number,
): [packet: string, attachments: Attachments] {
  const kept: (readonly Attachments[number][0][])[] = [];
  let next = 0;
  const records = membersOf(packet).map((text) => {
    const [kind, address = "", form] = membersOf(text);
    const first = next;
    next += Math.max(0, Number(form) - 1) || 0;
    const mine = attachments.slice(first, next);
    const instead = mine.includes(OVERSIZED) && insteadOf(Number(kind), address, maxBytes);
    if (instead) return instead;
    for (const attachment of mine) kept.push(attachment);
    return text;
  });
  // If more came than the records name, the router rejects the packet.
  return next === attachments.length ? [`[${records}]`, kept] : [packet, attachments];
}

function insteadOf(kind: number, address: string, maxBytes: number): string | undefined {
  if (kind === Kind.Abort) {
    const { form, text } = encodeReason(undefined);
    return `[${kind},${address},${form},${text}]`;
  }
  if (kind !== Kind.Answer) return undefined;
  const sentence = `the answer is longer than ${maxBytes} bytes (maxQueueBytes)`;
  const { form, text } = encode(failure("ERR_QUEUE_FULL", sentence), "error");
  return `[${kind},[${membersOf(address)[0]},0],${form},${text}]`;
}
