import type { ContextBridge, IpcRenderer, WebFrame } from "electron";
import { BRIDGE_KEY, type Bridge, World } from "../protocol/protocol";
import { endpointOfWorld, renderApi } from "../renderer";
import { type Prokit, prokit } from "./prokit";
import { preloadBridge, worldsOf } from "./worlds";

interface ElectronInPreload {
  readonly contextBridge: ContextBridge;
  readonly ipcRenderer: IpcRenderer;
  readonly webFrame: WebFrame;
}

/** `js/page/prokit.ts`, built: the bundler puts its text here. */
declare const PROKIT_IN_PAGE: string;

const EXPOSED = Symbol.for("electron-switchyard.exposed");

/** Gives the page its bridge, and the global that electron-prokit's renderer code calls. */
export function exposeInMainWorld(electron: ElectronInPreload) {
  const preload = globalThis as { [EXPOSED]?: true };
  if (preload[EXPOSED]) return;
  preload[EXPOSED] = true;
  const { ipcRenderer } = electron;
  const page = worldsOf(ipcRenderer)(World.Page);
  const calls = renderApi(() => endpointOfWorld(() => preloadBridge(ipcRenderer)));
  const global = prokit(calls);
  if (isolated(electron.contextBridge, { ...page, prokit: global })) {
    // Runs at once, before the page's scripts, and whatever the page's content security policy.
    electron.webFrame.executeJavaScript(PROKIT_IN_PAGE);
  } else {
    Object.assign(globalThis, { [BRIDGE_KEY]: page, electronProkit: global });
  }
}

/** Exposes the bridge to an isolated page; false where the page shares the preload's world. */
function isolated(contextBridge: ContextBridge, exposed: Bridge & { prokit: Prokit }): boolean {
  try {
    contextBridge.exposeInMainWorld(BRIDGE_KEY, exposed);
    return true;
  } catch (error) {
    // Electron 9 has no process.contextIsolated to ask.
    if (/contextIsolation/.test(String(error))) return false;
    throw error;
  }
}
