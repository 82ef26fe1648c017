import type { IpcRenderer } from "electron";
import type { Endpoint } from "../client";
import { PROKIT_FROM_MAIN, PROKIT_FROM_OTHER } from "../protocol/protocol";

const JOINED = Symbol.for("electron-switchyard.prokit");

/**
 * Where electron-prokit's preload, or its calls, are in our world as well: what comes over our transport
 * goes to its listeners, too, which it adds to ipcRenderer. So messages wait until it listens, as
 * they do for ours, and main need not send them another way. `end` is called later, once it listens.
 */
export function joinProkit(ipcRenderer: IpcRenderer, end: () => Endpoint) {
  const world = globalThis as { [JOINED]?: true };
  if (world[JOINED]) return;
  world[JOINED] = true;
  const emitter: NodeJS.EventEmitter = ipcRenderer;
  for (const [channel, lane] of LANES) {
    const pass: Pass = (event, msg) => emitter.emit(channel, event, msg);
    const begin = () => end()[lane].add(pass);
    // The listener is there before any message comes.
    emitter.on("newListener", (name) => name === channel && begin());
    emitter.on("removeListener", (name) => {
      if (name === channel && emitter.listenerCount(channel) === 0) end()[lane].remove(pass);
    });
    // Later: the world's endpoint may be in the making.
    if (emitter.listenerCount(channel) > 0) Promise.resolve().then(begin);
  }
}

type Pass = (event: unknown, msg: unknown) => void;

const LANES = [
  [PROKIT_FROM_MAIN, "fromMain"],
  [PROKIT_FROM_OTHER, "fromOther"],
] as const;
