import type { IpcRenderer } from "electron";
import type { Endpoint } from "../client";
import { PROKIT_FROM_MAIN, PROKIT_FROM_OTHER } from "../protocol/protocol";

const JOINED = Symbol.for("electron-switchyard.prokit");

/**
 * If electron-prokit's preload runs in this world too, its listeners at ipcRenderer get what comes over our
 * transport. Messages then wait for its listeners as they do for ours, and main need not send them
 * another way. `endpoint` is called once there is such a listener.
 */
export function joinProkit(ipcRenderer: IpcRenderer, endpoint: () => Endpoint) {
  const world = globalThis as { [JOINED]?: true };
  if (world[JOINED]) return;
  world[JOINED] = true;
  const emitter: NodeJS.EventEmitter = ipcRenderer;
  for (const [channel, lane] of LANES) {
    const pass: Pass = (event, msg) => emitter.emit(channel, event, msg);
    const begin = () => endpoint()[lane].add(pass);
    // The listener is there before any message comes.
    emitter.on("newListener", (name) => name === channel && begin());
    emitter.on("removeListener", (name) => {
      if (name === channel && emitter.listenerCount(channel) === 0) endpoint()[lane].remove(pass);
    });
    // Later, because this may be called while the endpoint of the world is made.
    if (emitter.listenerCount(channel) > 0) Promise.resolve().then(begin);
  }
}

type Pass = (event: unknown, msg: unknown) => void;

const LANES = [
  [PROKIT_FROM_MAIN, "fromMain"],
  [PROKIT_FROM_OTHER, "fromOther"],
] as const;
