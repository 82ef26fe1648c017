import type { IpcRenderer } from "electron";
import { type Bridge, CHANNEL, type Deliver, type Downward, World } from "../protocol/protocol";

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
  const deliver: Partial<Record<World, Deliver>> = {};
  ipcRenderer.on(CHANNEL, (_event, ...[link, frame, attachments]: Downward) => {
    // What was meant for an earlier document of this window finds no world here.
    deliver[(link - 2 * document) as World]?.(frame, attachments);
  });
  // Says hello at once: main learns of the new document before anything else comes from it.
  ipcRenderer.send(CHANNEL, 2 * document, 0, "");
  return (world) => ({
    post: (lanes, frame, attachments) =>
      ipcRenderer.send(CHANNEL, 2 * document + world, lanes, frame, attachments),
    listen: (take) => {
      deliver[world] = take;
    },
  });
}
