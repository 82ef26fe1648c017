import { wrongProcess } from "../errors";
import { exposeInMainWorld, joinProkit, preloadBridge } from "../preload";
import type { Bridge } from "../protocol/protocol";
import { type Endpoint, endpointOfWorld, renderApi } from "../renderer";
import { side } from "./side";

declare const __non_webpack_require__: NodeRequire | undefined;
/** `require` once built; see main/node.ts. */
declare const hostRequire: NodeRequire;

function endpoint(call: string): Endpoint {
  switch (side()) {
    case "main":
      throw wrongProcess(call, "a window: in its page or preload");
    case "preload":
      return endpointOfWorld(bridgeOfPreload);
    case "page":
      return endpointOfWorld();
  }
}

function bridgeOfPreload(): Bridge {
  const { ipcRenderer } = electron();
  const bridge = preloadBridge(ipcRenderer);
  joinProkit(ipcRenderer, () => endpointOfWorld(() => bridge));
  return bridge;
}

/** The calls of a window, wherever they are called. */
export const windowCalls = renderApi(endpoint);

export function initExposeInMainWorld(): void {
  if (side() !== "preload") throw wrongProcess("initExposeInMainWorld", "a preload");
  exposeInMainWorld(electron());
}

/** Spelled out as `require("electron")`, this would make bundlers look for electron in pages. */
function electron(): typeof Electron.CrossProcessExports {
  const load =
    typeof __non_webpack_require__ === "function" ? __non_webpack_require__ : hostRequire;
  return load("electron") as typeof Electron.CrossProcessExports;
}
