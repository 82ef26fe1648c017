// Not a test: a main process and its windows without Electron, over the real router.
import { setImmediate as turn } from "node:timers/promises";
import { Router } from "../addon/addon.mjs";
import {
  Batches,
  callsOf,
  connect,
  Endpoint,
  failure,
  fragmentsOf,
  Lane,
  publish,
  reassemble,
  Switchyard,
  serve,
  subscribe,
  Turn,
} from "./bundle.mjs";

/** Passes calls on as Electron does: later, one after another, copied, each a task of its own. */
class Wire {
  inFlight = 0;

  pass(args, take) {
    const copy = structuredClone(args);
    this.inFlight += 1;
    setImmediate(() => {
      this.inFlight -= 1;
      take(...copy);
    });
  }
}

class Event {
  constructor(page, sender, work) {
    Object.assign(this, { page, ...sender });
    Object.defineProperty(this, "signal", { get: () => work.signal });
  }
}

/**
 * The main process and any number of windows.
 *
 * `trace`: as of a bridge. `Batches`: how main hands over what it sends. `handlerWaitMs`: as in initIpc, in ms; `limits`: as for Router.setLimits; `resolve(names, pair)`: the app's resolveWindow.
 */
export class Pair {
  wire = new Wire();
  /** What the router refused whole packets with. */
  refused = [];
  pages = new Set();
  /** Why nobody waits for answers to an endpoint. */
  lost = new Map();
  #contents = 0;

  constructor({ limits, resolve, handlerWaitMs = 2_000, Batches: Kind = Batches, trace } = {}) {
    this.trace = trace;
    this.batches = new Kind(new Router());
    this.router = this.batches.router;
    if (limits) this.router.setLimits(JSON.stringify(limits));
    const platform = {
      deliver: (...packet) => this.#down(...packet),
      eventOf: (id, sender, work) =>
        new Event(
          this.#pageOf((page) => page.id === id),
          sender,
          work,
        ),
      whyEnded: (id) => this.lost.get(id),
      keepsTime: true,
      handlerWaitMs: () => handlerWaitMs,
      hasResolver: () => resolve !== undefined,
      resolve: (names) => resolve(names, this),
      trace,
    };
    this.main = new Switchyard(this.batches, platform, new Turn());
  }

  /** A window with a page in it; without a name if none is given. */
  open(name, contents = ++this.#contents) {
    if (name !== undefined) this.router.nameWindow(name, contents);
    return this.load(contents, name);
  }

  /**
   * A document, or one more JS world of it, in the window of a webContents. `origin`: that of a
   * subframe's document.
   */
  load(contents, name, link = newLink(), origin = undefined) {
    const page = new Page(this, contents, name, link, origin);
    this.pages.add(page);
    return page;
  }

  reload(page) {
    this.end(page);
    return this.load(page.contents, page.name);
  }

  /** The page's document is gone, with all its worlds. */
  end(page, crashed = false) {
    const { contents, document } = page;
    this.router.endDocument(contents, document, crashed);
    this.#cancelRequests(
      (each) => each.contents === contents && each.document === document,
      crashed ? "crashed" : "reloaded",
    );
  }

  /** The page's window is gone, with all that is in it. */
  close({ contents }) {
    this.router.closeWindow(contents);
    this.#cancelRequests((page) => page.contents === contents, "closed");
  }

  /** The name is taken from its window. */
  unregister(name) {
    this.router.unnameWindow(name);
    this.main.flushSoon();
  }

  #cancelRequests(isGone, how) {
    const gone = [...this.pages].filter(isGone);
    const error = failure("ERR_TARGET_GONE", `the asker has ended: ${how}`, { reason: how });
    for (const page of gone) {
      this.pages.delete(page);
      this.lost.set(page.id, error);
    }
    this.main.cancelRequests(
      gone.map(({ id }) => id),
      error,
    );
  }

  stats() {
    return JSON.parse(this.router.stats());
  }

  /** Attachments that main still holds. */
  held() {
    return this.main._slab.size;
  }

  /** Waits until nothing is on its way and nobody has more to say. */
  async quiet() {
    for (let calm = 0; calm < 3; calm++) {
      await turn();
      if (this.wire.inFlight > 0) calm = -1;
    }
  }

  up(page, lanes, packet, attachments = []) {
    this.wire.pass([lanes, packet, attachments], (...args) => {
      try {
        const [lanes, packet, attachments] = args;
        this.main.receive(page.id, lanes, packet, attachments.map(fragmentsOf));
      } catch (error) {
        this.refused.push(error);
      }
    });
  }

  #down(contents, link, packet, attachments) {
    this.wire.pass([packet, attachments.map(reassemble)], (...args) => {
      const page = this.#pageOf((page) => page.contents === contents && page.link === link);
      if (!page) return;
      page.deliver(...args);
      this.main.acknowledge(page.id, 1);
    });
  }

  #pageOf(matches) {
    return [...this.pages].find(matches);
  }
}

/** The link of a new document's first world. */
function newLink() {
  return 4 * Math.floor(Math.random() * 2 ** 40);
}

class Page {
  deliver;

  constructor(pair, contents, name, link, origin) {
    const id = pair.router.connect(contents, link, origin);
    Object.assign(this, { contents, name, link, id });
    this.end = new Endpoint({
      post: (...args) => pair.pages.has(this) && pair.up(this, ...args),
      listen: (take) => {
        this.deliver = take;
      },
      trace: pair.trace,
    });
  }

  /** The number of its document. */
  get document() {
    return Math.floor(this.link / 4);
  }

  request(msg, options = {}) {
    return this.end.request(msg, options);
  }

  call(windowName, msg, options = {}) {
    return this.end.call(windowName, msg, options);
  }

  /** Handles calls. */
  handle(handler) {
    return callsOf(this.end).handle(handler);
  }

  serve(service, implementation) {
    return serve(() => this.end, service, implementation);
  }

  connect(service, options) {
    return connect(() => this.end, service, options);
  }

  publish(topic, value, options) {
    publish(() => this.end, topic, value, options);
  }

  subscribe(topic, callback) {
    return subscribe(() => this.end, topic, callback);
  }

  send(windowName, msg) {
    this.end.send(windowName, msg);
  }

  on(lane, listener) {
    return this.#lane(lane).add(listener);
  }

  off(lane, listener) {
    this.#lane(lane).remove(listener);
  }

  #lane(lane) {
    return lane === Lane.FromMain ? this.end.fromMain : this.end.fromOther;
  }

  /** All messages of a lane from now on. */
  inbox(lane) {
    const got = [];
    this.on(lane, (_, msg) => got.push(msg));
    return got;
  }
}

/** A Pair with a page named "a" and one named "b", listening to nothing yet. */
export function twoPages(options) {
  const pair = new Pair(options);
  return { pair, main: pair.main, a: pair.open("a"), b: pair.open("b") };
}
