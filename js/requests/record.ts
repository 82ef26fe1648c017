import { decode } from "../codec";
import type {
  Code,
  Form,
  Fragment,
  Kind,
  NackSubject,
  OfService,
  OfTopic,
  SenderTag,
} from "../protocol/protocol";

type Payload = [form: Form, payload: unknown];
/**
 * An answer. The rule after it is the same in a window and in main: what awaits the answer goes on in a
 * microtask, and a record that was sent after the answer is handled after that. Answers in a row are
 * given together.
 */
type Reply = [kind: Kind.Reply, id: number, ok: 0 | 1, ...Payload];
/** A value of a topic, for the subscription of this number. */
type Published = [
  kind: Kind.Published | Kind.Retained,
  number: number,
  senderTag: SenderTag,
  ...Payload,
];
/** A rejection or a drop, for the sender of what it is about. */
export type Nack<Subject extends NackSubject | OfService | OfTopic> = [
  kind: Kind.Nack,
  subject: Subject,
  code: Code,
  reason: string | null,
  count: number,
  sentence: string,
];

/** A record that comes to a window. */
export type DownRecord =
  | [kind: Kind.FromMain, ...Payload]
  | [kind: Kind.FromOther, senderTag: SenderTag, ...Payload]
  | [kind: Kind.Call, number: number, senderTag: SenderTag, ...Payload]
  | [kind: Kind.Abort, number: number, ...Payload]
  | [
      kind: Kind.Invoked,
      number: number,
      senderTag: SenderTag,
      service: string,
      method: string,
      ...payload: Payload,
    ]
  | Published
  | Reply
  | Nack<NackSubject | OfService | OfTopic>;

/** A record that comes to main. */
export type MainRecord =
  | [kind: Kind.Request, endpoint: number, senderTag: SenderTag, id: number, ...Payload]
  | [
      kind: Kind.Invoked,
      endpoint: number,
      senderTag: SenderTag,
      id: number,
      service: string,
      method: string,
      ...Payload,
    ]
  | [kind: Kind.Abort, endpoint: number, id: number, ...Payload]
  | Published
  | Reply
  | Nack<number | string | OfService | OfTopic>;

type Reader = (form: Form, payload: unknown, attachments: readonly Fragment[]) => () => unknown;

/** A function of its own, because a closure where records are read would cost each record a context. */
export const readerOf: Reader = (form, payload, attachments) => () =>
  decode(form, payload, attachments);
