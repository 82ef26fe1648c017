import type { IpcRenderer } from "electron";
import {
  type Bridge,
  CHANNEL,
  type Deliver,
  type Downward,
  GOODBYE,
  linkOf,
  MAIN_BEGINS,
  SUBFRAME,
  type Upward,
  World,
} from "../protocol/protocol";

/** The wire's end in this document: one for all copies of this package in the preload's world. */
const WORLDS = Symbol.for("electron-switchyard.worlds");

type Worlds = (world: World) => Bridge;

/** The bridge of the preload's own world. */
export function preloadBridge(ipcRenderer: IpcRenderer): Bridge {
  return worldsOf(ipcRenderer)(World.Preload);
}

export function worldsOf(ipcRenderer: IpcRenderer): Worlds {
  const preload = globalThis as { [WORLDS]?: Worlds };
  preload[WORLDS] ??= connect(ipcRenderer);
  return preload[WORLDS] as Worlds;
}

function connect(ipcRenderer: IpcRenderer): Worlds {
  // Tells this document from the window's earlier ones. Only main's bookkeeping relies on it.
  const document = Math.floor(Math.random() * 2 ** 40);
  const first = linkOf(document) + (process.isMainFrame ? 0 : SUBFRAME);
  const deliver: Partial<Record<World, Deliver>> = {};
  const send = (...frame: Upward) => ipcRenderer.send(CHANNEL, ...frame);
  const sayHello = () => send(first, 0, "", [], self.origin);
  // What is sent before main listens is lost, and main may begin to after this page has loaded.
  let unheard: Upward[] | undefined = [];
  ipcRenderer.on(CHANNEL, (_event, ...[link, frame, attachments]: Downward) => {
    // What was meant for an earlier document of this window finds no world here.
    if (frame) return deliver[(link - first) as World]?.(frame, attachments);
    // Main is there: it answers the hello, or has just begun and asks everybody.
    if (link === MAIN_BEGINS) return sayHello();
    for (const waiting of unheard ?? []) send(...waiting);
    unheard = undefined;
  });
  sayHello();
  // Electron does not tell main of frames that are removed.
  if (!process.isMainFrame) addEventListener("pagehide", () => send(first, GOODBYE, ""));
  return (world) => ({
    post(lanes, ...frame) {
      const upward: Upward = [first + world, lanes, ...frame];
      if (unheard) unheard.push(upward);
      else send(...upward);
    },
    listen(take) {
      deliver[world] = take;
    },
  });
}
