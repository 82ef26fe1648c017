import { attachmentsOf, type TakeAttachments } from "../codec";
import { type Form, Kind } from "../protocol/protocol";
import { type MainRecord, readerOf, recordsOf } from "../requests";
import { reassemble } from "../transport";
import type { Attachments } from "./attachments";

/** A record for the main process, and how to read its payload. */
export type Arrival = readonly [record: MainRecord, read: () => unknown];

const WITHOUT_ATTACHMENTS = attachmentsOf([]);

/** Puts the records of a packet for the main process behind others. */
export function keepArrivals(text: string, attachments: Attachments, others: Arrival[]) {
  const take =
    attachments.length > 0 ? attachmentsOf(attachments.map(reassemble)) : WITHOUT_ATTACHMENTS;
  const records = recordsOf(text) as MainRecord[];
  for (const record of records) others.push([record, readerFor(record, take)]);
}

export function isAnswer([[kind]]: Arrival): boolean {
  return kind === Kind.Reply;
}

function readerFor(record: MainRecord, take: TakeAttachments): () => unknown {
  if (record[0] === Kind.Nack) return () => undefined;
  const form = record[record.length - 2] as Form;
  return readerOf(form, record[record.length - 1], take(form));
}
