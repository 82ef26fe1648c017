import { wrongProcess } from "../errors";
import { electronHere, placeHere } from "../host/here";
import { BRIDGE_KEY } from "../protocol/protocol";

/**
 * Where this code runs: Electron's main process, a JS world with Electron's modules, a page, or
 * elsewhere, as in a worker. It is asked for what is there to be used, the bridge first: a page with
 * node integration that has it needs no module.
 */
export function side(): "main" | "preload" | "page" | "elsewhere" {
  if (BRIDGE_KEY in globalThis) return "page";
  const electron = electronHere();
  if (electron) return electron.ipcRenderer ? "preload" : "main";
  return "document" in globalThis ? "page" : "elsewhere";
}

/** For a call that belongs elsewhere. */
export function misplaced(apiName: string, place: string): Error {
  return wrongProcess(apiName, place, placeHere());
}
