import type { BrowserWindow, BrowserWindowConstructorOptions, WebContents } from "electron";
import type {
  AnyWindow,
  AskOptions,
  IpcOptions,
  MainEvent,
  PublishOptions,
  Stats,
  TopicEvent,
  Undeliverable,
  Undo,
} from "../../index";
import type { Switchyard } from "../core/switchyard";
import { describe, requireFunction, requireName, titled, warnOfDropped } from "../errors";
import { preloadFile } from "../host/files";
import { electron } from "../host/node";
import { type Handler, type Report, warn } from "../requests";
import { requireOrder } from "./contents";
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

export function sendMsgToRender<Msg = unknown>(
  windowName: string,
  msg: Msg,
  dropped?: unknown,
): void {
  requireName("sendMsgToRender", "windowName", windowName);
  warnOfDropped("sendMsgToRender", dropped);
  resolved("sendMsgToRender", windowName).send(windowName, msg);
}

export function callRender<Msg = unknown, Answer = unknown>(
  windowName: string,
  msg: Msg,
  options?: AskOptions,
): Promise<Answer> {
  requireName("callRender", "windowName", windowName);
  const answer = resolved("callRender", windowName).call(windowName, msg, options);
  return answer as Promise<Answer>;
}

/** The switchyard, once the app was asked for a window of that name. */
function resolved(apiName: string, windowName: string): Switchyard<MainEvent> {
  const { messaging, windows, options } = instance(apiName);
  const { resolveWindow } = options.current;
  if (resolveWindow && !windows.contentsOf(windowName)) windows.resolve(windowName, resolveWindow);
  messaging.silent.messageSent();
  return messaging.switchyard;
}

export function onUndeliverable(callback: (report: Undeliverable) => void): Undo {
  requireFunction("onUndeliverable", callback);
  const { switchyard } = instance("onUndeliverable").messaging;
  return switchyard.onUndeliverable(callback as (report: Report) => void);
}

export function serve(service: unknown, implementation: unknown): Undo {
  return instance("serve").messaging.switchyard.services.serve(service, implementation);
}

/** The contract says which methods a client has. */
export function connect(service: unknown, options?: object): never {
  const { services } = instance("connect").messaging.switchyard;
  const before = (windowName: string) => resolved("connect", windowName);
  return services.connect(service, options, before) as never;
}

export function publish<Value = unknown>(
  topic: string,
  value: Value,
  options?: PublishOptions,
): void {
  instance("publish").messaging.switchyard.topics.publish(topic, value, options);
}

export function subscribe<Value = unknown>(
  topic: string,
  callback: (event: TopicEvent, value: Value) => void,
): Undo {
  const { topics } = instance("subscribe").messaging.switchyard;
  return topics.subscribe(topic, callback);
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
  windows.requireFree("createWindow", name);
  const { BrowserWindow } = electron();
  const window = new BrowserWindow(options);
  windows.add("createWindow", name, window);
  return window;
}

export function getWindow(name: string): BrowserWindow | undefined {
  requireName("getWindow", "name", name);
  return instance("getWindow").windows.get(name);
}

export function getContents(name: string): WebContents | undefined {
  requireName("getContents", "name", name);
  return instance("getContents").windows.contentsOf(name);
}

export function windowNames(): string[] {
  return instance("windowNames").windows.names();
}

export function destroyWindow(name: string): void {
  requireName("destroyWindow", "name", name);
  instance("destroyWindow").windows.destroy(name);
}

export function getAllWindows(): BrowserWindow[] {
  return instance("getAllWindows").windows.all();
}

export function hasWindow(name: string): boolean {
  requireName("hasWindow", "name", name);
  return instance("hasWindow").windows.contentsOf(name) !== undefined;
}

export function clearWindows(): void {
  instance("clearWindows").windows.destroyAll();
}

export function showWindow(name = "main"): void {
  requireName("showWindow", "name", name);
  const { windows } = instance("showWindow");
  const window = windows.get(name);
  if (window) {
    window.show();
    window.center();
    return;
  }
  const why = windows.contentsOf(name)
    ? `${describe(name)} is a view or a webview's guest; show the window that it is in`
    : `no window is named ${describe(name)}`;
  console.error(titled(`showWindow: ${why}`));
}

export function registerWindow(name: string, window: AnyWindow): void {
  requireOrder("registerWindow", name, window);
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
