import { encode } from "../codec";
import { Kind, type SenderTag } from "../protocol/protocol";
import { addressOf, complain, nameOf, type Sender, senderOf } from "../requests";
import { membersOf, Numbers, Subscriptions } from "../topics";
import type { Lender } from "./lender";
import type { OwnRecords } from "./own-records";

/** The address of a name or a subscription. */
const addressOfTopic = (number: number, topic: string) => `[${number},${addressOf(topic)}]`;

/** The topics of the main process: it publishes and subscribes as a window does. */
export class Topics {
  private readonly _numbers = new Numbers((number, topic) =>
    this._own.send(Kind.Name, addressOfTopic(number, topic)),
  );
  private readonly _subscriptions = new Subscriptions<Sender>({
    subscribe: (number, topic) => this._own.send(Kind.Subscribe, addressOfTopic(number, topic)),
    unsubscribe: (number) => this._own.send(Kind.Unsubscribe, number),
  });

  constructor(
    private readonly _own: OwnRecords,
    private readonly _lender: Lender,
  ) {}

  publish(topic: unknown, value: unknown, options: unknown) {
    const name = nameOf("publish", "topic", topic);
    const members = membersOf(options);
    const encoded = encode(value, "value");
    const number = this._numbers.of(name);
    const address = members === "" ? number : `[${number}${members}]`;
    this._lender.lend(encoded, (line) => this._own.send(Kind.Publish, address, encoded, line));
  }

  subscribe(topic: unknown, callback: unknown): () => void {
    return this._subscriptions.subscribe(topic, callback);
  }

  /** Gives a value to those who subscribe under this number. */
  receive(number: number, isRetained: boolean, senderTag: SenderTag, read: () => unknown) {
    try {
      this._subscriptions.take(number, isRetained, Object.freeze(senderOf(senderTag)), read);
    } catch (error) {
      complain("a value of a topic could not be read", error);
    }
  }
}
