// Not a test: isolated documents without Electron. The ready-made preload runs in one context of
// V8's, what it runs in the page and dist/renderer.mjs in another; events cross between the two as
// Chromium has them cross, and main is the real one over the real router.
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";
import { ROOT } from "../../scripts/lib/root.mjs";
import { Rig } from "../pair/rig.mjs";
import { compile } from "./preload-vm.mjs";

/** The exports of `export{a as b}`, as members of an object. */
const membersOf = (exports) => exports.replace(/(\w+) as (\w+)/g, "$2:$1");

/** What an import of it gives. No bundler's own code is in it, which may not stand what a page changes. */
const RENDERER = readFileSync(join(ROOT, "dist", "renderer.mjs"), "utf8")
  .replace(/export const\{([^{}]*)\}=/, "const made=")
  .replace(/export\{([^{}]*)\};\s*$/, (_, exports) => `return{...made,${membersOf(exports)}};`);

/**
 * A context's own global is no plain object: what is put on Object.prototype ends Node there. So
 * the page's is one beside it, which scripts get under these names.
 */
const GLOBALS = ["globalThis", "window", "self", "top"];
const SECOND_GLOBAL =
  "Object.create(Object.prototype, Object.getOwnPropertyDescriptors(globalThis))";

const native = EventTarget.prototype;
const PAYLOADS = ["detail", "initData"];

/** The page's events, whose kinds differ in nothing that matters here. */
const EVENTS = `
  const { keys, defineProperty } = Object;
  // In a browser these are no properties of the event, but getters of its class.
  const set = (event, members) => {
    for (const key of keys(members)) {
      const value = members[key];
      defineProperty(event, key, { __proto__: null, value, configurable: true, enumerable: true });
    }
  };
  class PageEvent {
    constructor(type, init) { set(this, { type, ...init }); }
  }
  globalThis.CustomEvent = class CustomEvent extends PageEvent {
    initCustomEvent(type, bubbles, cancelable, detail) { set(this, { type, detail }); }
  };
  globalThis.MouseEvent = class MouseEvent extends PageEvent {};
  globalThis.MessageEvent = class MessageEvent extends PageEvent {};
  globalThis.MediaEncryptedEvent = class MediaEncryptedEvent extends PageEvent {};
  globalThis.document = { createEvent: () => new CustomEvent("") };`;

/** What the DOM does of all this, whatever the page changes. */
class Dom {
  /** Of each target that the page has made, the one that carries its events. */
  #targets = new WeakMap();
  #pageBytes;

  constructor(page) {
    this.#pageBytes = vm.runInContext("ArrayBuffer", page);
  }

  targetOf(object) {
    if (!this.#targets.has(object)) this.#targets.set(object, new EventTarget());
    return this.#targets.get(object);
  }

  dispatch(object, event) {
    const payload = { __proto__: null, ...event };
    const crossing = Object.assign(new Event(String(payload.type)), { payload });
    return native.dispatchEvent.call(this.targetOf(object), crossing);
  }

  /** `toPage`: the listener is the page's, and bytes become its own. */
  hear(object, type, listener, toPage) {
    const Bytes = toPage ? this.#pageBytes : ArrayBuffer;
    const call = (crossing) => {
      const seen = { type, stopImmediatePropagation: () => crossing.stopImmediatePropagation() };
      for (const name of PAYLOADS) seen[name] = inRealm(crossing.payload[name], Bytes);
      if (!toPage && crossing.payload.relatedTarget) {
        seen.relatedTarget = this.preloadsView(crossing.payload.relatedTarget);
      }
      listener(seen);
    };
    native.addEventListener.call(this.targetOf(object), type, call);
  }

  /** The preload's world has DOM functions of its own. */
  preloadsView(object) {
    return {
      dispatchEvent: (event) => this.dispatch(object, event),
      addEventListener: (type, listener) => this.hear(object, type, listener, false),
    };
  }
}

function inRealm(value, Bytes) {
  if (Object.prototype.toString.call(value) !== "[object ArrayBuffer]") return value;
  const copy = new Bytes(value.byteLength);
  new Uint8Array(copy).set(new Uint8Array(value));
  return copy;
}

function pageOf(uncaught, timers) {
  const context = vm.createContext({
    console: { log() {}, warn() {}, error() {} },
    performance,
    AbortController,
  });
  // What a listener or timer throws is an event of the page's window, and nobody else's.
  const guarded = (act) => () => {
    try {
      act();
    } catch (error) {
      uncaught.push(error);
    }
  };
  context.setTimeout = (act, ms) => timers.add(setTimeout(guarded(act), ms)) && 1;
  context.clearTimeout = () => undefined;
  vm.runInContext(`{${EVENTS}}`, context);
  const dom = new Dom(context);
  context.dom = {
    hear: (object, type, listener) =>
      dom.hear(object, type, (event) => guarded(() => listener(event))(), true),
    dispatch: (object, event) => dom.dispatch(object, event),
  };
  const target = vm.runInContext(
    `{
      const { hear, dispatch } = dom;
      delete globalThis.dom;
      globalThis.EventTarget = class EventTarget {
        addEventListener(type, listener) { hear(this, type, listener); }
        dispatchEvent(event) { return dispatch(this, event); }
      };
      const page = {};
      globalThis.addEventListener = (type, listener) => hear(page, type, listener);
      globalThis.dispatchEvent = (event) => dispatch(page, event);
      page;
    }`,
    context,
  );
  return { context, dom, target, window: vm.runInContext(SECOND_GLOBAL, context) };
}

function preloadOf(dom, page, uncaught) {
  const context = vm.createContext({
    MessageChannel,
    ArrayBuffer,
    Uint8Array,
    addEventListener: (type, listener) =>
      dom.hear(
        page,
        type,
        (event) => {
          try {
            listener(event);
          } catch (error) {
            uncaught.push(error);
          }
        },
        false,
      ),
    origin: "app://station",
    location: { protocol: "app:" },
    setTimeout: (act, ms) => setTimeout(act, ms).unref(),
    clearTimeout,
    console: { log() {}, warn() {}, error: (line) => uncaught.push(line) },
    performance,
    document: { createEvent: () => new PreloadEvent() },
    CustomEvent: PreloadEvent,
    MediaEncryptedEvent: PreloadEvent,
  });
  vm.runInContext("globalThis.self = globalThis.top = globalThis", context);
  return context;
}

class PreloadEvent {
  constructor(type, init) {
    Object.assign(this, { type }, init);
  }

  initCustomEvent(type, _bubbles, _cancelable, detail) {
    Object.assign(this, { type, detail });
  }
}

/**
 * A window with an isolated page. `before`: a script that runs in the page before the preload's;
 * `between`: one that runs before dist/renderer.mjs does.
 */
export class Isolated {
  /** What nobody caught, in the page, and in the preload. */
  uncaught = [];
  preloadUncaught = [];
  /** What the preload gives the page to call, which goes over the preload's own port. */
  exposed = undefined;
  #timers = new Set();
  #ports = [];

  constructor(rig, name, contents, { before = "", between = "" } = {}) {
    Object.assign(this, pageOf(this.uncaught, this.#timers));
    this.run(before);
    this.#preload(rig.open(name, contents));
    this.run(between);
    this.sy = this.run(RENDERER);
  }

  /** A script in the page: the body of a function. */
  run(script) {
    return this.attempt(() => this.#inPage(script));
  }

  #inPage(script) {
    const { context, window } = this;
    const run = vm.compileFunction(script, GLOBALS, { parsingContext: context });
    return run(...GLOBALS.map(() => window));
  }

  attempt(act) {
    try {
      return act();
    } catch (error) {
      this.uncaught.push(error);
      return undefined;
    }
  }

  #preload(inMain) {
    const context = preloadOf(this.dom, this.target, this.preloadUncaught);
    const electron = {
      ipcRenderer: Object.assign(new EventEmitter(), {
        postMessage: (_channel, _hello, ports) => this.#join(ports, inMain),
      }),
      contextBridge: {
        exposeInMainWorld: (key, functions) => {
          this.exposed = functions;
          const lane = "() => () => undefined";
          const exposed = `{ onMsgFromMain: ${lane}, onRenderMsgToRender: ${lane} }`;
          // As the bridge does: by a property of its own.
          this.run(
            `Object.defineProperty(globalThis, "${key}", { __proto__: null, value: ${exposed} })`,
          );
        },
      },
      webFrame: {
        executeJavaScript: async (script) => void this.#inPage(script),
      },
    };
    Object.assign(this, { ipcRenderer: electron.ipcRenderer, preload: context });
    compile(context)(() => electron, { type: "renderer", versions: {} }, context);
  }

  #join(ports, inMain) {
    this.#ports.push(...ports);
    ports.forEach((port, n) => {
      inMain[n].toPage = (data) => port.postMessage(data);
      port.on("message", (data) => inMain[n].emit("message", { data }));
      port.postMessage(0);
    });
  }

  close() {
    for (const port of this.#ports) port.close();
    for (const timer of this.#timers) clearTimeout(timer);
  }
}

/** A main process that answers each request with what it asked, and an honest window. */
export function honestMain() {
  const rig = new Rig();
  const honest = rig.page("honest", 1);
  rig.main.handle((_, msg) => msg);
  honest.end.fromMain.add(() => undefined);
  honest.end.fromOther.add((_, msg) => honest.got.push(msg));
  honest.got = [];
  honest.handle((_, msg) => msg);
  return { rig, honest };
}
