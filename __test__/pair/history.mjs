// Not a test: random histories of a main process and three windows.
import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { Lane } from "./bundle.mjs";
import { Pair } from "./pair.mjs";

const NAMES = ["a", "b", "c"];
const LANES = [Lane.FromMain, Lane.FromOther];

const name = fc.constantFrom(...NAMES);
const lane = fc.constantFrom(...LANES);
const withBytes = fc.boolean();

const calm = [
  { weight: 4, arbitrary: fc.record({ do: fc.constant("mainSends"), to: name, withBytes }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("asks"), from: name, withBytes }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("sends"), from: name, to: name, withBytes }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("listens"), at: name, lane }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("leaves"), at: name, lane }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("handles"), answers: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("stopsHandling") }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("turns"), count: fc.integer({ min: 1, max: 4 }) }),
  },
];

const wild = [
  { weight: 1, arbitrary: fc.record({ do: fc.constant("reloads"), at: name }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("reopens"), at: name }) },
];

const steps = (kinds) => fc.array(fc.oneof(...kinds), { maxLength: 60 });

/** Pages stay. */
export const calmHistory = steps(calm);
/** Pages are reloaded and windows closed at any moment. */
export const wildHistory = steps([...calm, ...wild]);

/** Plays a history to its end, when everybody listens to everything and nothing is on its way. */
export class Play {
  pair;
  pages;
  /** Every message, by number: its stream, that is its sender, target and lane. */
  sent = [];
  /** Numbers as they arrived. */
  arrived = [];
  /** One entry for each request: its page, and how it was settled. */
  asked = [];
  #listeners = new Map();
  #undo = () => undefined;

  /** `limits`: as for Router.setLimits. */
  constructor(limits) {
    this.pair = new Pair({ limits });
    this.pages = Object.fromEntries(NAMES.map((each) => [each, this.pair.open(each)]));
  }

  async run(history) {
    for (const step of history) await this[step.do](step);
    this.handles({ answers: 0 });
    for (const at of NAMES) for (const each of LANES) this.listens({ at, lane: each });
    await this.pair.quiet();
    await new Promise((done) => setTimeout(done, 0));
    await this.pair.quiet();
    return this;
  }

  mainSends({ to, withBytes: bytes }) {
    const msg = this.#message(`main>${to}`, bytes);
    try {
      this.pair.main.send(to, msg);
    } catch (error) {
      assert.equal(error.code, "ERR_QUEUE_FULL");
    }
  }

  sends({ from, to, withBytes: bytes }) {
    this.pages[from].send(to, this.#message(`${from}>${to}`, bytes));
  }

  asks({ from, withBytes: bytes }) {
    const msg = this.#message(`${from}>main`, bytes);
    const entry = { page: this.pages[from], n: msg.n, answer: undefined };
    this.asked.push(entry);
    const settle = (answer) => {
      assert.equal(entry.answer, undefined, "settled twice");
      entry.answer = answer;
    };
    this.pages[from].request(msg).then(settle, settle);
  }

  listens({ at, lane: each }) {
    const key = `${at}${each}`;
    if (this.#listeners.has(key)) return;
    const listener = (_, msg) => this.#arrive(msg);
    this.pages[at].on(each, listener);
    this.#listeners.set(key, listener);
  }

  leaves({ at, lane: each }) {
    const key = `${at}${each}`;
    const listener = this.#listeners.get(key);
    if (!listener) return;
    this.pages[at].off(each, listener);
    this.#listeners.delete(key);
  }

  handles({ answers }) {
    this.#undo();
    this.#undo = this.pair.main.handle((_, msg) => {
      this.#arrive(msg);
      if (answers === 0) return msg;
      if (answers === 1) return turn().then(() => msg);
      throw Object.assign(new Error("refused"), msg);
    });
  }

  stopsHandling() {
    this.#undo();
  }

  async turns({ count }) {
    for (let i = 0; i < count; i++) await turn();
  }

  reloads({ at }) {
    this.#forget(at);
    this.pages[at] = this.pair.reload(this.pages[at]);
  }

  reopens({ at }) {
    this.#forget(at);
    this.pair.close(this.pages[at]);
    this.pages[at] = this.pair.open(at);
  }

  /** The numbers of each stream, of those that `numbers` lists. */
  streams(numbers) {
    const streams = {};
    for (const n of numbers) {
      streams[this.sent[n]] ??= [];
      streams[this.sent[n]].push(n);
    }
    return streams;
  }

  #message(stream, withBytes) {
    const n = this.sent.push(stream) - 1;
    return withBytes ? { n, bytes: Uint16Array.of(n) } : { n };
  }

  #arrive({ n, bytes }) {
    if (bytes) assert.equal(bytes[0], n, "another message's bytes");
    this.arrived.push(n);
  }

  #forget(at) {
    for (const each of LANES) this.#listeners.delete(`${at}${each}`);
  }
}
