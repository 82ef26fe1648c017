import type { IpcRenderer } from "electron";
import {
  ASK_FOR_PORT,
  ASKED,
  type Bridge,
  CHANNEL,
  type Hello,
  linkOf,
  PORT,
  SUBFRAME,
  WIRE_KEY,
} from "../protocol/protocol";
import { WorldWire } from "../wire";

/** The preload's end of this document's wire: one for all copies of this package in its world. */
const WIRE = Symbol.for(WIRE_KEY);

/** The bridge of the preload's own world. The document's wire is offered to main with it. */
export function preloadBridge(ipcRenderer: IpcRenderer): Bridge {
  const preload = globalThis as { [WIRE]?: Bridge };
  preload[WIRE] ??= connect(ipcRenderer);
  return preload[WIRE] as Bridge;
}

function connect(ipcRenderer: IpcRenderer): Bridge {
  // Tells this document from the window's earlier ones. Only main's bookkeeping relies on it.
  const document = Math.floor(Math.random() * 2 ** 40);
  const hello: Hello = [linkOf(document) + (process.isMainFrame ? 0 : SUBFRAME), self.origin];
  const wire = new WorldWire();
  let ofPage: MessagePort;
  const offer = () => {
    const own = new MessageChannel();
    const page = new MessageChannel();
    wire.join(own.port1);
    ofPage = page.port1;
    ipcRenderer.postMessage(CHANNEL, hello, [own.port2, page.port2]);
  };
  const handOver = () => dispatchEvent(new MessageEvent(PORT, { ports: [ofPage] }));
  offer();
  addEventListener(ASK_FOR_PORT, handOver);
  ipcRenderer.on(CHANNEL, () => {
    if (wire.isAnswered) {
      wire.here();
      dispatchEvent(new Event(ASKED));
    } else {
      // Main did not hear the hello, and the ports of that were closed with it.
      offer();
      handOver();
    }
  });
  // Electron does not tell main of frames that are removed.
  if (!process.isMainFrame) addEventListener("pagehide", () => wire.goodbye());
  return wire;
}
