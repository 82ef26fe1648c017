import type { ContextBridge, IpcRenderer, WebFrame } from "electron";
import { endpointOfWorld, renderApi } from "../client";
import { titled } from "../errors";
import { BRIDGE_KEY, PRELOAD_KEY } from "../protocol/protocol";
import { type Prokit, prokit } from "./prokit";
import { joinProkit } from "./prokit-listeners";
import { preloadBridge } from "./transport";

interface ElectronInPreload {
  readonly contextBridge: ContextBridge;
  readonly ipcRenderer: IpcRenderer;
  readonly webFrame: WebFrame;
}

/** The text of `js/page`, which the build puts here. */
declare const PAGE_SCRIPT: string;

/**
 * Electron 9 to 11 warn of `executeJavaScript` in windows without `worldSafeExecuteJavaScript`. Under this
 * name they have the same function without the warning, which is about results; our script has none.
 */
interface Quiet {
  readonly _executeJavaScript?: WebFrame["executeJavaScript"];
}

/** In UTF-16 units. */
const MAX_LINE_LENGTH = 500;

const EXPOSED = Symbol.for("electron-switchyard.exposed");

/** Gives the page its bridge, and the global that code for electron-prokit calls. */
export function exposeInMainWorld(electron: ElectronInPreload) {
  const preload = globalThis as { [EXPOSED]?: true };
  if (preload[EXPOSED]) return;
  preload[EXPOSED] = true;
  const { ipcRenderer } = electron;
  const bridge = preloadBridge(ipcRenderer);
  const endpoint = () => endpointOfWorld(() => bridge);
  const calls = renderApi(endpoint);
  joinProkit(ipcRenderer, endpoint);
  const global = prokit(calls);
  if (exposeIsolated(electron.contextBridge, global)) {
    // It runs at once, before the scripts of the page, under any content security policy.
    runInPage(electron.webFrame);
  } else {
    Object.assign(globalThis, { [BRIDGE_KEY]: bridge, electronProkit: global });
  }
}

/** Runs the script at once. If that fails, the page has no bridge, and its calls say so. */
async function runInPage(webFrame: WebFrame & Quiet) {
  const { executeJavaScript, _executeJavaScript = executeJavaScript } = webFrame;
  try {
    await _executeJavaScript.call(webFrame, PAGE_SCRIPT);
  } catch (error) {
    console.error(titled(`its script for the page failed: ${error}`).slice(0, MAX_LINE_LENGTH));
  }
}

/** Exposes functions to an isolated page. Returns false if the page shares the world of the preload. */
function exposeIsolated(contextBridge: ContextBridge, exposed: Prokit): boolean {
  try {
    contextBridge.exposeInMainWorld(PRELOAD_KEY, exposed);
    return true;
  } catch (error) {
    // Electron 9 has no process.contextIsolated.
    if (/contextIsolation/.test(String(error))) return false;
    throw error;
  }
}
