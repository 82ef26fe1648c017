import type { BrowserWindow, BrowserWindowConstructorOptions } from "electron";
import type { AskOptions, IpcOptions, MainEvent, Stats, Undeliverable, Undo } from "../../index";
import type { Switchyard } from "../core/switchyard";
import { describe, requireFunction, requireName } from "../errors";
import { preloadFile } from "../host/files";
import { electron } from "../host/node";
import { type Handler, type Report, warn } from "../requests";
import { instance, requireMain } from "./instance";
import { registerPreload } from "./preloads";

/** Names of windows that exist, of which a line on the console was written. */
const existing = new Set<string>();

export function initIpc(options: IpcOptions = {}): void {
  const main = instance("initIpc");
  main.configure(options);
  registerPreload(main.options.current.registerPreload);
}

export function onMsgFromRender(callback: (event: never, msg: never) => unknown): Undo {
  requireFunction("onMsgFromRender", callback);
  return instance("onMsgFromRender").messaging.switchyard.handle(callback as Handler<MainEvent>);
}

export function sendMsgToRender<Msg = unknown>(windowName: string, msg: Msg): void {
  requireName("sendMsgToRender", "windowName", windowName);
  resolved("sendMsgToRender", windowName).send(windowName, msg);
}

export function callRender<Msg = unknown, Answer = unknown>(
  windowName: string,
  msg: Msg,
  options: AskOptions = {},
): Promise<Answer> {
  requireName("callRender", "windowName", windowName);
  const answer = resolved("callRender", windowName).call(windowName, msg, options);
  return answer as Promise<Answer>;
}

/** The switchyard, once the app was asked for a window of that name. */
function resolved(apiName: string, windowName: string): Switchyard<MainEvent> {
  const { messaging, windows, options } = instance(apiName);
  const { resolveWindow } = options.current;
  if (resolveWindow && !windows.get(windowName)) windows.resolve(windowName, resolveWindow);
  messaging.silent.messageSent();
  return messaging.switchyard;
}

export function onUndeliverable(callback: (report: Undeliverable) => void): Undo {
  requireFunction("onUndeliverable", callback);
  const { switchyard } = instance("onUndeliverable").messaging;
  return switchyard.onUndeliverable(callback as (report: Report) => void);
}

export function createWindow(
  name: string,
  options?: BrowserWindowConstructorOptions,
): BrowserWindow {
  requireName("createWindow", "name", name);
  const { windows } = instance("createWindow");
  const known = windows.get(name);
  if (known) {
    warn(
      existing,
      name,
      `createWindow: a window named ${describe(name)} exists, and is returned; the options are ignored`,
    );
    return known;
  }
  const { BrowserWindow } = electron();
  const window = new BrowserWindow(options);
  windows.add("createWindow", name, window);
  return window;
}

export function getWindow(name: string): BrowserWindow | undefined {
  requireName("getWindow", "name", name);
  return instance("getWindow").windows.get(name);
}

export function destroyWindow(name: string): void {
  requireName("destroyWindow", "name", name);
  instance("destroyWindow").windows.get(name)?.destroy();
}

export function getAllWindows(): BrowserWindow[] {
  return instance("getAllWindows").windows.all();
}

export function hasWindow(name: string): boolean {
  requireName("hasWindow", "name", name);
  return instance("hasWindow").windows.get(name) !== undefined;
}

export function clearWindows(): void {
  for (const window of instance("clearWindows").windows.all()) {
    // The app may have destroyed it when an earlier one was closed.
    if (!window.isDestroyed()) window.destroy();
  }
}

export function showWindow(name = "main"): void {
  requireName("showWindow", "name", name);
  const window = instance("showWindow").windows.get(name);
  if (window) {
    window.show();
    window.center();
  } else {
    console.error(`showWindow: no window is named ${describe(name)}`);
  }
}

export function registerWindow(name: string, window: BrowserWindow): void {
  requireName("registerWindow", "name", name);
  instance("registerWindow").windows.add("registerWindow", name, window);
}

export function unregisterWindow(name: string): boolean {
  requireName("unregisterWindow", "name", name);
  return instance("unregisterWindow").windows.remove(name);
}

export function getPreloadPath(): string {
  requireMain("getPreloadPath");
  return preloadFile();
}

export function stats(): Stats {
  return JSON.parse(instance("stats").messaging.switchyard.stats()) as Stats;
}
