import { type Endpoint, endpointOfWorld } from "../client";
import { electronHere } from "../host/here";
import { joinProkit, preloadBridge } from "../preload";
import type { Bridge } from "../protocol/protocol";
import { misplaced, side } from "./side";

type ElectronHere = typeof Electron.CrossProcessExports;

/** The endpoint of the world that this runs in. */
export function endpointHere(apiName: string): Endpoint {
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
