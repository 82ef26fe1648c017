import { ENDPOINT, type Endpoint } from "../client";
import { BRIDGE_KEY, type Bridge, MAIN_KEY } from "../protocol/protocol";

export type Global = typeof globalThis | object;

/**
 * Makes a global object that of a page: the calls that are imported from this package are the page's then,
 * whichever of its files a test runner takes. Returns how to undo it.
 */
export function install(global: Global, here: () => Endpoint): () => void {
  const undoEndpoint = define(global, ENDPOINT, here);
  // The files of this package ask whether there is one. The endpoint is there, so none of them uses it.
  const undoBridge = define(global, BRIDGE_KEY, () => NO_BRIDGE);
  return () => {
    undoBridge();
    undoEndpoint();
  };
}

/** Makes a global object that of the main process. */
export function installMain(global: Global, standIn: object): () => void {
  return define(global, Symbol.for(MAIN_KEY), () => standIn);
}

const NO_BRIDGE: Bridge = Object.freeze({ post: () => undefined, listen: () => undefined });

type Get = () => unknown;

/** Getters that were taken back while a later one was in their place, each with what was there before it. */
const undone = new WeakMap<Get, PropertyDescriptor | undefined>();

/** Defines a property. Returns how to take it back, in any order with others of its key. */
function define(global: Global, key: PropertyKey, get: Get): () => void {
  const before = Object.getOwnPropertyDescriptor(global, key);
  Object.defineProperty(global, key, { configurable: true, enumerable: false, get });
  return () => {
    if (Object.getOwnPropertyDescriptor(global, key)?.get !== get) undone.set(get, before);
    else restore(global, key, before);
  };
}

function restore(global: Global, key: PropertyKey, before: PropertyDescriptor | undefined) {
  let found = before;
  while (found?.get && undone.has(found.get)) found = undone.get(found.get);
  if (found) Object.defineProperty(global, key, found);
  else Reflect.deleteProperty(global, key);
}
