import { nodeRequire } from "./node";

declare const __non_webpack_require__: NodeRequire;
/** `require` in the built files; see node.ts. */
declare const hostRequire: NodeRequire;

type ElectronHere = typeof Electron.CrossProcessExports;

let found: ElectronHere | undefined;

/**
 * Electron's module in a process or world that may use it: with `app` in the main process, with
 * `ipcRenderer` in windows. Each `require` is tried, because a page may have replaced one of them.
 * `process` does not decide, because preloads and polyfills give it to pages without the module.
 */
export function electronHere(): ElectronHere | undefined {
  if (found || isPlainNode()) return found;
  // With `require("electron")` in the source, bundlers would look for electron in pages.
  for (const load of [() => __non_webpack_require__, () => hostRequire, nodeRequire]) {
    try {
      const electron = load()("electron") as Partial<ElectronHere>;
      if (electron.app?.whenReady ?? electron.ipcRenderer?.postMessage) {
        found = electron as ElectronHere;
        return found;
      }
    } catch {
      // The next one is tried.
    }
  }
  return undefined;
}

/** In plain Node, `require` finds the npm package electron, which only has the path of the executable. */
function isPlainNode(): boolean {
  const versions = typeof process === "object" && process.versions;
  return Boolean(versions && "node" in versions && !versions.electron);
}

const FOR_IT = "for which the main process can call it";

/** The name of this place, for an error message, and who can call in its stead. */
export function placeHere(): string {
  if (electronHere()) return found?.ipcRenderer ? "a window" : "the main process";
  if ("document" in globalThis) return "a page";
  if ("importScripts" in globalThis) return "a web worker, whose page can call it";
  if ((process as { parentPort?: unknown }).parentPort) return `a utility process, ${FOR_IT}`;
  const load = nodeRequire() as NodeRequire | undefined;
  if (!load) return "a bundle without require; keep the package out of it (external)";
  const { isMainThread } = load("worker_threads") as typeof import("worker_threads");
  return isMainThread
    ? "a Node process; tests import electron-switchyard/testing"
    : `a worker thread, ${FOR_IT}`;
}
