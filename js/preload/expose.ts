import type { ContextBridge, IpcRenderer, WebFrame } from "electron";
import { endpointOfWorld, renderApi } from "../client";
import { BRIDGE_KEY, PRELOAD_KEY } from "../protocol/protocol";
import { type Prokit, prokit } from "./prokit";
import { joinProkit } from "./prokit-listeners";
import { preloadBridge } from "./transport";

interface ElectronInPreload {
  readonly contextBridge: ContextBridge;
  readonly ipcRenderer: IpcRenderer;
  readonly webFrame: WebFrame;
}

/** `js/page`, built: the bundler puts its text here. */
declare const PAGE_SCRIPT: string;

/**
 * Electron 9 to 11 warn of `executeJavaScript` in windows without `worldSafeExecuteJavaScript`, and
 * have the same under this name without the warning. It is about results, and ours has none.
 */
interface Quiet {
  readonly _executeJavaScript?: WebFrame["executeJavaScript"];
}

/** In UTF-16 units. */
const MAX_LINE_LENGTH = 500;

const EXPOSED = Symbol.for("electron-switchyard.exposed");

/** Gives the page its bridge, and the global that electron-prokit's renderer code calls. */
export function exposeInMainWorld(electron: ElectronInPreload) {
  const preload = globalThis as { [EXPOSED]?: true };
  if (preload[EXPOSED]) return;
  preload[EXPOSED] = true;
  const { ipcRenderer } = electron;
  const bridge = preloadBridge(ipcRenderer);
  const end = () => endpointOfWorld(() => bridge);
  const calls = renderApi(end);
  joinProkit(ipcRenderer, end);
  const global = prokit(calls);
  if (isolated(electron.contextBridge, global)) {
    // Runs at once, before the page's scripts, and whatever the page's content security policy.
    runInPage(electron.webFrame);
  } else {
    Object.assign(globalThis, { [BRIDGE_KEY]: bridge, electronProkit: global });
  }
}

/** At once. Where it fails, the page has no bridge, and its calls say so. */
async function runInPage(webFrame: WebFrame & Quiet) {
  const { executeJavaScript, _executeJavaScript = executeJavaScript } = webFrame;
  try {
    await _executeJavaScript.call(webFrame, PAGE_SCRIPT);
  } catch (error) {
    const line = `electron-switchyard: its script could not run in the page: ${error}`;
    console.error(line.slice(0, MAX_LINE_LENGTH));
  }
}

/** Exposes functions to an isolated page; false where the page shares the preload's world. */
function isolated(contextBridge: ContextBridge, exposed: Prokit): boolean {
  try {
    contextBridge.exposeInMainWorld(PRELOAD_KEY, exposed);
    return true;
  } catch (error) {
    // Electron 9 has no process.contextIsolated to ask.
    if (/contextIsolation/.test(String(error))) return false;
    throw error;
  }
}
