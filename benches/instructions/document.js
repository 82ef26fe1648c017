// An isolated document with the package's ready-made preload and the page's build, in plain Node. The
// globals of its two worlds are parameters of the files' functions.
const { EventEmitter } = require("node:events");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { MessageChannel, sayHello } = require("./electron");

/** An EventTarget that only calls its listeners. */
class Target {
  #listeners = new Map();

  addEventListener(type, listener) {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  dispatchEvent(event) {
    for (const listener of this.#listeners.get(event.type) ?? []) listener(event);
    return true;
  }
}

class MouseEvent {
  constructor(type, { relatedTarget }) {
    this.type = type;
    this.relatedTarget = relatedTarget;
  }
}

class CustomEvent {
  type = "";
  detail = undefined;

  initCustomEvent(type, _bubbles, _cancelable, detail) {
    this.type = type;
    this.detail = detail;
  }
}

/** The globals of a world of a document; `meeting` is the document's window. */
function worldOf(meeting) {
  const world = {
    document: { createEvent: () => new CustomEvent() },
    location: { protocol: "file:" },
    origin: "file://",
    CustomEvent,
    EventTarget: Target,
    MessageChannel,
    MouseEvent,
    addEventListener: (...args) => meeting.addEventListener(...args),
    dispatchEvent: (event) => meeting.dispatchEvent(event),
  };
  world.globalThis = world;
  world.self = world;
  world.top = world;
  world.window = world;
  return world;
}

function run(text, world, more = {}) {
  const given = { ...world, process: { type: "renderer", versions: {} }, ...more };
  new Function(...Object.keys(given), text)(...Object.values(given));
}

/** Loads a document into a window. Returns the calls of its page. */
function load(dist, window) {
  const meeting = new Target();
  const [preload, page] = [worldOf(meeting), worldOf(meeting)];
  const ipcRenderer = Object.assign(new EventEmitter(), {
    postMessage: (_channel, hello, ports) => sayHello(window, hello, ports),
  });
  const electron = {
    ipcRenderer,
    contextBridge: {
      exposeInMainWorld: (name, value) => {
        page[name] = value;
      },
    },
    webFrame: { executeJavaScript: async (script) => run(script, page) },
  };
  const read = (file) => readFileSync(join(dist, file), "utf8");
  run(read("preload.js"), preload, { require: () => electron });
  const module = { exports: {} };
  run(read("renderer.cjs"), page, { module, exports: module.exports, require: undefined });
  return module.exports;
}

module.exports = { load };
