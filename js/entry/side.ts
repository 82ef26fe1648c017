import { wrongProcess } from "../errors";
import { electronHere, placeHere } from "../host/here";
import { BRIDGE_KEY, MAIN_KEY } from "../protocol/protocol";

/**
 * The place in which this code runs: Electron's main process, a JavaScript world with Electron's modules, a
 * page, or elsewhere, as in a worker. The bridge decides first, because a page with node integration that
 * has the bridge needs no module. The instance of main decides next, because that of a test needs no module either.
 */
export function side(): "main" | "preload" | "page" | "elsewhere" {
  if (BRIDGE_KEY in globalThis) return "page";
  if (Symbol.for(MAIN_KEY) in globalThis) return "main";
  const electron = electronHere();
  if (electron) return electron.ipcRenderer ? "preload" : "main";
  return "document" in globalThis ? "page" : "elsewhere";
}

/** The error of a function that was called in the wrong place. */
export function misplaced(apiName: string, place: string): Error {
  return wrongProcess(apiName, place, placeHere());
}
