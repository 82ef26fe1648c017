import { type Endpoint, endpointOfWorld, renderApi } from "../client";
import { electronHere } from "../host/here";
import { exposeInMainWorld, joinProkit, preloadBridge } from "../preload";
import type { Bridge } from "../protocol/protocol";
import { misplaced, side } from "./side";

type ElectronHere = typeof Electron.CrossProcessExports;

function endpoint(apiName: string): Endpoint {
  switch (side()) {
    case "preload":
      return endpointOfWorld(bridgeOfPreload);
    case "page":
      return endpointOfWorld();
    default:
      throw misplaced(apiName, "a window: in its page or preload");
  }
}

function bridgeOfPreload(): Bridge {
  const { ipcRenderer } = electronHere() as ElectronHere;
  const bridge = preloadBridge(ipcRenderer);
  joinProkit(ipcRenderer, () => endpointOfWorld(() => bridge));
  return bridge;
}

/** The calls of a window, wherever they are called. */
export const windowCalls = renderApi(endpoint);

export function initExposeInMainWorld(): void {
  const electron = electronHere();
  if (!electron?.ipcRenderer) throw misplaced("initExposeInMainWorld", "a preload");
  exposeInMainWorld(electron);
}
