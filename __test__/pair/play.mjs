// Not a test: plays a history of steps, and keeps the counters of what each party saw of it.
import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { HOSTILE, LANES, NAMES } from "./history.mjs";
import { Pair } from "./pair.mjs";
import { until } from "./ways.mjs";

/** Plays a history to its end, when everybody listens to everything and nothing is on its way. */
export class Play {
  pair;
  pages;
  /** Every message and request, by number: the stream that it belongs to. */
  sent = [];
  /** Numbers as they arrived. */
  arrived = [];
  /** Numbers of messages that were refused at once. */
  refused = [];
  /** One entry for each request: who asked whom and how, and how it was settled. */
  asked = [];
  /** How many messages of each stream were reported as undeliverable. */
  reported = {};
  /** Requests that a handler is still at work at when all the rest is done, as they are then. */
  unanswered = [];
  #late = [];
  /** Histories among forged messages have one more window. */
  #isAmongForged;
  #listeners = new Map();
  #handlers = new Map();

  /** `limits`: as for Router.setLimits. */
  constructor(limits, { isAmongForged = false } = {}) {
    this.#isAmongForged = isAmongForged;
    this.pair = new Pair({ limits });
    this.pages = {};
    for (const at of NAMES) this.#welcome(at, this.pair.open(at));
    if (isAmongForged) this.#welcome(HOSTILE, this.pair.open(HOSTILE));
    this.#hearReports("main", (listener) => this.pair.main.onUndeliverable(listener));
  }

  async run(history) {
    for (const step of history) await this[step.do](step);
    if (this.#isAmongForged) this.pair.close(this.pages[HOSTILE]);
    for (const at of ["main", ...NAMES]) this.handles({ at, answers: "now" });
    for (const at of NAMES) for (const each of LANES) this.listens({ at, lane: each });
    await this.pair.quiet();
    await until(() => this.asked.every(({ limited, outcome }) => !limited || outcome), "timeouts");
    await this.pair.quiet();
    this.unanswered = this.#late.map(({ n, page, event: { signal } }) => {
      const asked = this.asked.find((entry) => entry.n === n);
      const isOver = Boolean(asked.outcome) || !this.isHere(asked.asker);
      return { asked, page, isOver, aborted: signal.aborted, reason: signal.reason };
    });
    while (this.#late.length > 0) this.answersLate({ nth: 0 });
    await this.pair.quiet();
    await new Promise((done) => setTimeout(done, 0));
    await this.pair.quiet();
    return this;
  }

  mainSends({ to, withBytes }) {
    const msg = this.#message(`main>${to}`, withBytes);
    try {
      this.pair.main.send(to, msg);
    } catch (error) {
      assert.equal(error.code, "ERR_QUEUE_FULL");
      this.refused.push(msg.n);
    }
  }

  sends({ from, to, withBytes }) {
    this.pages[from].send(to, this.#message(`${from}>${to}`, withBytes));
  }

  asks({ from, withBytes, patience }) {
    const page = this.pages[from];
    const msg = this.#message(`${from}?main`, withBytes);
    this.#ask({ msg, asker: page, to: "main", patience }, (options) => page.request(msg, options));
  }

  calls({ from, to, withBytes, patience }) {
    const page = this.pages[from];
    const msg = this.#message(`${from}?${to}`, withBytes);
    this.#ask({ msg, asker: page, to, patience }, (options) =>
      (page ?? this.pair.main).call(to, msg, options),
    );
  }

  forges({ message: { packet, lanes, fragments } }) {
    this.pair.up(this.pages[HOSTILE], lanes, packet, fragments);
  }

  listens({ at, lane }) {
    const key = `${at}${lane}`;
    if (this.#listeners.has(key)) return;
    const listener = (_, msg) => this.#arrive(msg);
    this.pages[at].on(lane, listener);
    this.#listeners.set(key, listener);
  }

  leaves({ at, lane }) {
    const key = `${at}${lane}`;
    const listener = this.#listeners.get(key);
    if (!listener) return;
    this.pages[at].off(lane, listener);
    this.#listeners.delete(key);
  }

  handles({ at, answers }) {
    this.stopsHandling({ at });
    const page = this.pages[at];
    const undo = (page ?? this.pair.main).handle((event, msg) => {
      if (!isOwn(msg)) return answers === "late" ? new Promise(() => undefined) : msg;
      this.#arrive(msg);
      if (answers === "now") return msg;
      if (answers === "soon") return turn().then(() => msg);
      if (answers === "error") throw Object.assign(new Error("refused"), msg);
      return new Promise((answer) =>
        this.#late.push({ n: msg.n, page, event, answer: () => answer(msg) }),
      );
    });
    this.#handlers.set(at, undo);
  }

  stopsHandling({ at }) {
    this.#handlers.get(at)?.();
    this.#handlers.delete(at);
  }

  answersLate({ nth }) {
    const [late] = this.#late.splice(nth % Math.max(1, this.#late.length), 1);
    late?.answer();
  }

  givesUp({ nth }) {
    const open = this.asked.filter(({ controller, outcome }) => controller && !outcome);
    const asked = open[nth % Math.max(1, open.length)];
    if (!asked || asked.controller.signal.aborted) return;
    asked.reason = { gaveUp: asked.n, bytes: new Uint8Array([asked.n]) };
    asked.controller.abort(asked.reason);
  }

  async turns({ count }) {
    for (let i = 0; i < count; i++) await turn();
  }

  reloads({ at }) {
    this.#welcome(at, this.pair.reload(this.pages[at]));
  }

  crashes({ at }) {
    const { contents } = this.pages[at];
    this.pair.end(this.pages[at], true);
    this.#welcome(at, this.pair.load(contents, at));
  }

  reopens({ at }) {
    this.pair.close(this.pages[at]);
    this.#welcome(at, this.pair.open(at));
  }

  /** The window loses its name, and gets it again. */
  renames({ at }) {
    this.pair.unregister(at);
    this.pair.router.nameWindow(at, this.pages[at].contents);
  }

  /** Whether an asker or answerer is still there. */
  isHere(page) {
    return page === undefined || this.pair.pages.has(page);
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

  #ask({ msg: { n }, asker, to, patience }, ask) {
    const controller = patience === "until abort" ? new AbortController() : undefined;
    const limited = typeof patience === "number";
    const entry = { n, asker, to, controller, limited, reason: undefined, outcome: undefined };
    this.asked.push(entry);
    const settle = (outcome) => {
      assert.equal(entry.outcome, undefined, "settled twice");
      entry.outcome = outcome;
    };
    ask({ signal: controller?.signal, timeoutMs: limited ? patience : undefined }).then(
      (value) => settle({ value }),
      (error) => settle({ error }),
    );
  }

  #message(stream, withBytes) {
    const n = this.sent.push(stream) - 1;
    return withBytes ? { n, bytes: Uint16Array.of(n) } : { n };
  }

  #arrive(msg) {
    if (!isOwn(msg)) return;
    const { n, bytes } = msg;
    if (bytes) assert.equal(bytes[0], n, "another message's bytes");
    this.arrived.push(n);
  }

  /** A page is there now under a name. */
  #welcome(at, page) {
    this.pages[at] = page;
    for (const lane of LANES) this.#listeners.delete(`${at}${lane}`);
    this.#handlers.delete(at);
    this.#hearReports(at, (listener) => page.end.reports.add(listener));
  }

  #hearReports(from, add) {
    add(({ windowName, count }) => {
      if (from === HOSTILE || windowName === HOSTILE) return;
      const stream = `${from}>${windowName}`;
      this.reported[stream] = (this.reported[stream] ?? 0) + count;
    });
  }
}

/** Whether it is a message of the play's; forged ones are not. */
function isOwn(msg) {
  return Number.isInteger(msg?.n);
}
