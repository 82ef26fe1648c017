import type { IpcRenderer } from "electron";
import {
  type Bridge,
  type Deliver,
  GOODBYE,
  HERE,
  linkOf,
  type Message,
  SUBFRAME,
  World,
} from "../protocol/protocol";
import { Joiner, messagesOf, piecesOf, whole } from "../wire";
import { Wire } from "./wire";

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
  /** What the worlds listen to, for a main that has lost sight of them. */
  const lanesOf = new Map<World, number>();
  const joiner = new Joiner(() => Number.POSITIVE_INFINITY);

  const take = (message: Message) => {
    const attachments = joiner.take(message);
    const world = deliver[(message[0] - first) as World];
    if (attachments?.length) world?.(message[1], attachments.map(whole));
    else if (attachments) world?.(message[1]);
  };
  const here = () => {
    wire.send([first, "", HERE]);
    for (const [world, lanes] of lanesOf) wire.send([first + world, "", lanes]);
  };
  const wire = new Wire(ipcRenderer, [first, self.origin], take, here);
  // Electron does not tell main of frames that are removed.
  if (!process.isMainFrame) addEventListener("pagehide", () => wire.send([first, "", GOODBYE]));
  return (world) => ({
    post(lanes, frame, attachments = []) {
      lanesOf.set(world, lanes);
      const apart = attachments.map(piecesOf);
      for (const message of messagesOf(first + world, frame, lanes, apart)) wire.send(message);
    },
    listen(take) {
      deliver[world] = take;
    },
  });
}
