import { attachmentsOf, decode, type TakeAttachments } from "../codec";
import {
  type Code,
  type FirstId,
  type Form,
  Kind,
  type SenderTag,
  type TargetName,
} from "../protocol/protocol";
import { recordsOf } from "../requests";
import { whole } from "../transport";
import type { Attachments } from "./attachments";

type Payload = [form: Form, payload: unknown];
type RecordForMain =
  | [kind: Kind.Request, endpoint: number, senderTag: SenderTag, id: number, ...Payload]
  | [kind: Kind.Abort, endpoint: number, id: number, ...Payload]
  | [kind: Kind.Reply, id: number, ok: 0 | 1, ...Payload]
  | [
      kind: Kind.Nack,
      subject: FirstId | TargetName,
      code: Code,
      reason: string | null,
      count: number,
      sentence: string,
    ];

/** A record for the main process, and how to read its payload. */
export type Arrival = readonly [record: RecordForMain, read: () => unknown];

const TAKE_NONE = attachmentsOf([]);

/** Puts the records of a packet for the main process behind others. */
export function keepArrivals(text: string, attachments: Attachments, others: Arrival[]) {
  const take = attachments.length > 0 ? attachmentsOf(attachments.map(whole)) : TAKE_NONE;
  const records = recordsOf(text) as RecordForMain[];
  for (const record of records) others.push([record, readerOf(record, take)]);
}

export function isAnswer([[kind]]: Arrival): boolean {
  return kind === Kind.Reply;
}

function readerOf(record: RecordForMain, take: TakeAttachments): () => unknown {
  if (record[0] === Kind.Nack) return () => undefined;
  const form = record[record.length - 2] as Form;
  const payload = record[record.length - 1];
  const attachments = take(form);
  return () => decode(form, payload, attachments);
}
