// The ready-made preload in a context that has the web's globals and of Node's only what Electron 46
// gives: `process`, `global`, and a `require` that knows Electron alone. It is compiled as Electron 42
// and later do it: as a function, from V8's code cache the second time.
import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import vm from "node:vm";
import { ROOT } from "../../scripts/lib/root.mjs";

const SOURCE = readFileSync(join(ROOT, "dist", "preload.js"), "utf8");
const PARAMETERS = ["require", "process", "global"];

class MessageEvent extends Event {
  constructor(type, { data, ports = [] } = {}) {
    super(type);
    Object.assign(this, { data, ports });
  }
}

/** A document's globals, without Node's. */
function page() {
  const target = new EventTarget();
  const context = vm.createContext({
    MessageChannel,
    MessageEvent,
    Event,
    addEventListener: target.addEventListener.bind(target),
    dispatchEvent: target.dispatchEvent.bind(target),
    origin: "app://station",
    setTimeout,
    clearTimeout,
    console,
  });
  vm.runInContext("globalThis.self = globalThis", context);
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

function compile(context, options) {
  return vm.compileFunction(SOURCE, PARAMETERS, { parsingContext: context, ...options });
}

/** Runs a compiled preload, and says what it asked of Electron. */
function run(preload, context) {
  const { asked, electron } = electronOf();
  const require = (name) => {
    if (name === "electron") return electron;
    throw new Error(`module not found: ${name}`);
  };
  preload(require, { isMainFrame: true, type: "renderer", versions: {} }, context);
  for (const [, , ports] of asked.hellos) for (const port of ports) port.close();
  return asked;
}

function assertStarted({ hellos, scripts, exposed }) {
  assert.equal(hellos.length, 1, "one hello to main");
  assert.ok(hellos[0][2].length > 0, "with a port");
  assert.equal(scripts.length, 1, "one script for the page");
  assert.equal(exposed.length, 1, "one bridge");
}

test("the ready-made preload starts without Buffer, setImmediate and Node's modules", () => {
  const context = page();
  for (const name of ["Buffer", "setImmediate", "clearImmediate", "process", "require"]) {
    assert.equal(vm.runInContext(`typeof ${name}`, context), "undefined", name);
  }
  assertStarted(run(compile(context), context));
});

test("the ready-made preload starts from V8's code cache as from its text", () => {
  const { cachedData } = compile(page(), { produceCachedData: true });
  const context = page();
  const preload = compile(context, { cachedData });
  assert.equal(preload.cachedDataRejected, false);
  assertStarted(run(preload, context));
});
