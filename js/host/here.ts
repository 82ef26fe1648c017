import { nodeRequire } from "./node";

declare const __non_webpack_require__: NodeRequire;
/** `require` once built; see node.ts. */
declare const hostRequire: NodeRequire;

type ElectronHere = typeof Electron.CrossProcessExports;

let found: ElectronHere | undefined;

/**
 * Electron's module in a process or world that may use it: with `app` in the main process, with
 * `ipcRenderer` in windows. Every `require` is asked, because a page may have put another one in its
 * place; and not `process`, which preloads and polyfills give to pages that have no module at all.
 */
export function electronHere(): ElectronHere | undefined {
  if (found || isPlainNode()) return found;
  // Spelled out as `require("electron")`, this would make bundlers look for electron in pages.
  for (const load of [() => __non_webpack_require__, () => hostRequire, nodeRequire]) {
    try {
      const electron = load()("electron") as Partial<ElectronHere>;
      if (electron.app?.whenReady ?? electron.ipcRenderer?.postMessage) {
        found = electron as ElectronHere;
        return found;
      }
    } catch {
      // Not this one.
    }
  }
  return undefined;
}

/** The npm package electron, which is found there, only knows where the executable is. */
function isPlainNode(): boolean {
  const versions = typeof process === "object" && process.versions;
  return Boolean(versions && "node" in versions && !versions.electron);
}

/** Where this is, for an error message. */
export function placeHere(): string {
  if (electronHere()) return found?.ipcRenderer ? "a window" : "the main process";
  if ("document" in globalThis) return "a page";
  if ("importScripts" in globalThis) return "a web worker";
  if ((process as { parentPort?: unknown }).parentPort) return "a utility process";
  return isMainThread() ? "a Node process" : "a worker thread";
}

function isMainThread(): boolean {
  return (nodeRequire()("worker_threads") as typeof import("worker_threads")).isMainThread;
}
