// Not a test: a main process and its windows without Electron, over the real router.
import { setImmediate as turn } from "node:timers/promises";
import { Router } from "../addon/addon.mjs";
import { Endpoint, Switchyard } from "./bundle.mjs";

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

/**
 * The main process and any number of windows.
 *
 * `handlerWaitMs`: as in initIpc, in ms; `limits`: as for Router.setLimits; `resolve(names, pair)`: the app's resolveWindow.
 */
export class Pair {
  wire = new Wire();
  router = new Router();
  /** What the router refused whole frames with. */
  refused = [];
  pages = new Set();
  #contents = 0;

  constructor({ limits, resolve, handlerWaitMs = 2_000 } = {}) {
    if (limits) this.router.setLimits(JSON.stringify(limits));
    this.main = new Switchyard(this.router, {
      deliver: (...frame) => this.#down(...frame),
      eventOf: (id, windowName) => ({ page: this.#pageOf((page) => page.id === id), windowName }),
      handlerWaitMs: () => handlerWaitMs,
      resolves: () => resolve !== undefined,
      resolve: (names) => resolve(names, this),
    });
  }

  /** A window with a page in it; without a name if none is given. */
  open(name, contents = ++this.#contents) {
    if (name !== undefined) this.router.nameWindow(name, contents);
    return this.load(contents, name);
  }

  /** A document, or one more JS world of it, in the window of a webContents. */
  load(contents, name, link = 2 * Math.floor(Math.random() * 2 ** 40)) {
    const page = new Page(this, contents, name, link);
    this.pages.add(page);
    return page;
  }

  reload(page) {
    this.pages.delete(page);
    this.router.endDocument(page.contents, Math.floor(page.link / 2));
    return this.load(page.contents, page.name);
  }

  close(page) {
    this.pages.delete(page);
    this.router.closeWindow(page.contents);
  }

  stats() {
    return JSON.parse(this.router.stats());
  }

  /** Attachments that main still holds. */
  held() {
    return this.main.slab.size;
  }

  /** Waits until nothing is on its way and nobody has more to say. */
  async quiet() {
    for (let calm = 0; calm < 3; calm++) {
      await turn();
      if (this.wire.inFlight > 0) calm = -1;
    }
  }

  up(page, lanes, frame, attachments = []) {
    this.wire.pass([lanes, frame, attachments], (...args) => {
      try {
        this.main.receive(page.id, ...args);
      } catch (error) {
        this.refused.push(error);
      }
    });
  }

  #down(contents, link, frame, attachments) {
    this.wire.pass([frame, attachments], (...args) => {
      this.#pageOf((page) => page.contents === contents && page.link === link)?.deliver(...args);
    });
  }

  #pageOf(matches) {
    return [...this.pages].find(matches);
  }
}

class Page {
  deliver;

  constructor(pair, contents, name, link) {
    Object.assign(this, { contents, name, link, id: pair.router.connect(contents, link) });
    this.end = new Endpoint({
      post: (...args) => pair.pages.has(this) && pair.up(this, ...args),
      listen: (take) => {
        this.deliver = take;
      },
    });
  }

  request(msg) {
    return this.end.request(msg);
  }

  send(windowName, msg) {
    this.end.send(windowName, msg);
  }

  on(lane, listener) {
    return this.end.on(lane, listener);
  }

  off(lane, listener) {
    this.end.off(lane, listener);
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
