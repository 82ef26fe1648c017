// Not a test: a window's page that publishes and subscribes by records of its own writing.
import { Pair } from "./pair.mjs";

const [NACK, NAME, PUBLISH, SUBSCRIBE, UNSUBSCRIBE, PUBLISHED, RETAINED] = [
  6, 10, 11, 12, 13, 14, 15,
];
const NO_LANES = 0;

export class TopicPage {
  /** Values, each with its topic's subscription: `[number, value, wasRetained, senderTag]`. */
  records = [];
  /** `[subject, code, reason, count, sentence]` */
  nacks = [];
  #pair;
  #names = [];
  #last = 0;

  constructor(pair, page) {
    this.#pair = pair;
    this.page = page;
    page.deliver = (packet) => {
      for (const [kind, ...rest] of JSON.parse(packet)) {
        if (kind === NACK) this.nacks.push(rest);
        if (kind !== PUBLISHED && kind !== RETAINED) continue;
        const [number, senderTag, , value] = rest;
        this.records.push([number, value, kind === RETAINED, senderTag]);
      }
    };
  }

  /** The values that have come. */
  get values() {
    return this.records.map(([, value]) => value);
  }

  post(...records) {
    this.#pair.up(this.page, NO_LANES, JSON.stringify(records));
  }

  /** The number of the subscription. */
  subscribe(topic) {
    this.#last += 1;
    this.post([SUBSCRIBE, [this.#last, topic], 0, 0]);
    return this.#last;
  }

  unsubscribe(number) {
    this.post([UNSUBSCRIBE, number, 0, 0]);
  }

  publish(topic, value, { to = 0, retain = false, conflate = 0 } = {}) {
    const records = [];
    let number = this.#names.indexOf(topic);
    if (number < 0) {
      number = this.#names.push(topic) - 1;
      records.push([NAME, [number, topic], 0, 0]);
    }
    records.push([PUBLISH, [number, to, retain ? 1 : 0, conflate], 0, value]);
    this.post(...records);
  }
}

/** A Pair and the pages of windows of these names. */
export function topicPages(names, options) {
  const pair = new Pair(options);
  const pages = names.map((name) => new TopicPage(pair, pair.open(name)));
  return { pair, topics: pair.main.topics, pages };
}
