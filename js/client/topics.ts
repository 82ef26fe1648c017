import { encode } from "../codec";
import { Kind } from "../protocol/protocol";
import { addressOf, type DownRecord, nameOf, senderOf } from "../requests";
import { membersOf, Numbers, Subscriptions } from "../topics";
import type { Endpoint } from "./endpoint";
import type { RenderEvent } from "./listeners";
import { type Here, NOTHING, partOf, useNames } from "./part";

type Value = Extract<DownRecord, [Kind.Published | Kind.Retained, ...unknown[]]>;

/** The topics to which this world publishes and subscribes. */
interface Topics {
  publish(topic: unknown, value: unknown, options: unknown): void;
  subscribe(topic: unknown, callback: unknown): () => void;
}

function topicsOf(endpoint: Endpoint): Topics {
  return partOf(endpoint, "topics", () => newTopics(endpoint));
}

function newTopics(endpoint: Endpoint): Topics {
  const { takers } = endpoint;
  const add = (kind: Kind, number: number, topic: string) =>
    endpoint.add(kind, `[${number},${addressOf(topic)}]`, NOTHING);
  const numbers = new Numbers((number, topic) => add(Kind.Name, number, topic));
  const subscriptions = new Subscriptions<RenderEvent>({
    subscribe: (number, topic) => add(Kind.Subscribe, number, topic),
    unsubscribe: (number) => endpoint.add(Kind.Unsubscribe, number, NOTHING),
  });
  takers[Kind.Published] = takers[Kind.Retained] = ([kind, number, senderTag]: Value, read) => {
    const event = Object.freeze(senderOf(senderTag));
    subscriptions.take(number, kind === Kind.Retained, event, read);
  };
  useNames(endpoint, () => {
    numbers.again();
    subscriptions.again();
  });
  return {
    publish(topic, value, options) {
      const name = nameOf("publish", "topic", topic);
      const members = membersOf(options);
      const encoded = encode(value, "value");
      const number = numbers.of(name);
      endpoint.add(Kind.Publish, members ? `[${number}${members}]` : number, encoded);
    },
    subscribe: (topic, callback) => subscriptions.subscribe(topic, callback),
  };
}

export function publish(here: Here, topic: unknown, value: unknown, options: unknown) {
  topicsOf(here("publish")).publish(topic, value, options);
}

export function subscribe(here: Here, topic: unknown, callback: unknown): () => void {
  return topicsOf(here("subscribe")).subscribe(topic, callback);
}
