// Not a test: the ready-made preload in a context of V8's that has the web's globals and of Node's
// only what Electron 46 gives: `process`, `global`, and a `require` that knows Electron alone.
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";
import { ROOT } from "../../scripts/lib/root.mjs";

export const PRELOAD = readFileSync(join(ROOT, "dist", "preload.js"), "utf8");
const PARAMETERS = ["require", "process", "global"];

class MessageEvent extends Event {
  constructor(type, { data, ports = [] } = {}) {
    super(type);
    Object.assign(this, { data, ports });
  }
}

/** A document's globals, without Node's. */
export function page() {
  const target = new EventTarget();
  const context = vm.createContext({
    MessageChannel,
    MessageEvent,
    Event,
    addEventListener: target.addEventListener.bind(target),
    dispatchEvent: target.dispatchEvent.bind(target),
    origin: "app://station",
    location: { protocol: "app:" },
    setTimeout,
    clearTimeout,
    console,
    performance,
  });
  vm.runInContext("globalThis.self = globalThis.top = globalThis", context);
  return context;
}

/** Electron's modules for preloads, and what was asked of them. */
function electronOf() {
  const asked = { hellos: [], scripts: [], exposed: [] };
  const electron = {
    ipcRenderer: Object.assign(new EventEmitter(), {
      postMessage: (...args) => asked.hellos.push(args),
    }),
    contextBridge: { exposeInMainWorld: (name) => asked.exposed.push(name) },
    webFrame: { executeJavaScript: async (script) => void asked.scripts.push(script) },
  };
  return { asked, electron };
}

/** Compiles the preload as Electron 42 and later do: as a function. */
export function compile(context, options) {
  return vm.compileFunction(PRELOAD, PARAMETERS, { parsingContext: context, ...options });
}

/** Runs a compiled preload, and says what it asked of Electron. */
export function run(preload, context, webFrame) {
  const { asked, electron } = electronOf();
  Object.assign(electron, webFrame && { webFrame });
  const require = (name) => {
    if (name === "electron") return electron;
    throw new Error(`module not found: ${name}`);
  };
  preload(require, { type: "renderer", versions: {} }, context);
  for (const [, , ports] of asked.hellos) for (const port of ports) port.close();
  return asked;
}
