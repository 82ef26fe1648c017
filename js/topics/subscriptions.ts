import { append, requireFunction } from "../errors";
import { callEach, nameOf } from "../requests";

export type Subscriber<Event> = (event: Event, value: unknown) => void;

/** Subscribes the endpoint in the router, under a new number, or ends the subscription of a number. */
export interface Subscribing {
  subscribe(number: number, topic: string): void;
  unsubscribe(number: number): void;
}

/** A callback gets what comes under its own number and under later ones of its topic. */
type Member<Event> = [callback: Subscriber<Event>, number: number];

interface Topic<Event> {
  readonly _slot: number;
  /** The number under which the endpoint subscribes now. */
  _number: number;
  /** Immutable, so that a dispatch in progress is not affected by callbacks that come or go during it. */
  _members: readonly Member<Event>[];
}

/** More than there are topics. A number is `count * SLOTS + slot`, and the count is never the same. */
const SLOTS = 2_097_152;

/**
 * The callbacks of one endpoint, by topic. For the router, the endpoint is one subscriber of a topic. If a callback
 * comes later, the endpoint subscribes again under a new number. The retained value then comes under that number,
 * and is for the newcomer alone.
 */
export class Subscriptions<Event> {
  private readonly _topics = new Map<string, Topic<Event>>();
  private readonly _bySlot = new Map<number, Topic<Event>>();
  private _count = 0;

  constructor(private readonly _router: Subscribing) {}

  /** The same function twice counts once. */
  subscribe(topic: unknown, callback: unknown): () => void {
    const name = nameOf("subscribe", "topic", topic);
    requireFunction("subscribe", callback);
    const known = this._topics.get(name)?._members.find(([each]) => each === callback);
    const member = known ?? this._add(name, callback as Subscriber<Event>);
    return () => this._remove(name, member);
  }

  /** A value for the subscribers under a number. */
  take(number: number, isRetained: boolean, event: Event, read: () => unknown) {
    const meant: Subscriber<Event>[] = [];
    for (const member of this._bySlot.get(number % SLOTS)?._members ?? []) {
      const own = member[1];
      if (isRetained ? own === number : own <= number) append(meant, member[0]);
    }
    if (meant[0]) callEach(meant, event, read());
  }

  /** The router has a new endpoint: subscribes again, and each callback gets what is retained. */
  again() {
    for (const [name, topic] of this._topics) {
      const number = this._newNumber(topic._slot);
      topic._number = number;
      for (const member of topic._members) member[1] = number;
      this._router.subscribe(number, name);
    }
  }

  private _newNumber(slot: number): number {
    return this._count++ * SLOTS + slot;
  }

  private _add(name: string, callback: Subscriber<Event>): Member<Event> {
    const known = this._topics.get(name);
    const slot = known?._slot ?? this._freeSlot();
    const number = this._newNumber(slot);
    this._router.subscribe(number, name);
    const member: Member<Event> = [callback, number];
    const members = [...(known?._members ?? []), member];
    const topic = { _slot: slot, _number: number, _members: members };
    this._topics.set(name, topic);
    this._bySlot.set(slot, topic);
    return member;
  }

  private _freeSlot(): number {
    let slot = 0;
    while (this._bySlot.has(slot)) slot++;
    return slot;
  }

  private _remove(name: string, member: Member<Event>) {
    const topic = this._topics.get(name);
    if (!topic) return;
    topic._members = topic._members.filter((each) => each !== member);
    if (topic._members[0]) return;
    this._topics.delete(name);
    this._bySlot.delete(topic._slot);
    this._router.unsubscribe(topic._number);
  }
}
