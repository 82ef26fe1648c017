/**
 * The root import for bundlers that build for browsers: small, for pages. If an app builds its main process so
 * too, the calls of the main process come from the installed package at run time.
 */
import { installedName } from "../host/installed";
import { nodeRequire } from "../host/node";
import { misplaced, side } from "./side";
import * as window from "./window-calls";

type Installed = typeof import("./index");

/** A call in the main process, by the installed package. Each call says itself what it returns. */
function inMain(apiName: keyof Installed, given: readonly unknown[]): never {
  if (side() !== "main") throw misplaced(apiName, "Electron's main process");
  const require = nodeRequire();
  const installed = require(installedName(require) ?? "electron-switchyard") as Installed;
  return (installed[apiName] as (...given: unknown[]) => never)(...given);
}

/** A call that the main process and windows both have. */
function byPlace(
  apiName: keyof Installed,
  inWindow: (...given: never[]) => unknown,
  given: readonly unknown[],
): never {
  if (side() === "main") return inMain(apiName, given);
  return (inWindow as (...given: unknown[]) => never)(...given);
}

// Each is a function, so that the bundle of a page has none that the page does not use.
export const callRender: Installed["callRender"] = (...given) => inMain("callRender", given);
export const clearWindows: Installed["clearWindows"] = (...given) => inMain("clearWindows", given);
export const createWindow: Installed["createWindow"] = (...given) => inMain("createWindow", given);
export const destroyWindow: Installed["destroyWindow"] = (...given) =>
  inMain("destroyWindow", given);
export const getAllWindows: Installed["getAllWindows"] = (...given) =>
  inMain("getAllWindows", given);
export const getContents: Installed["getContents"] = (...given) => inMain("getContents", given);
export const getPreloadPath: Installed["getPreloadPath"] = (...given) =>
  inMain("getPreloadPath", given);
export const getWindow: Installed["getWindow"] = (...given) => inMain("getWindow", given);
export const hasWindow: Installed["hasWindow"] = (...given) => inMain("hasWindow", given);
export const initIpc: Installed["initIpc"] = (...given) => inMain("initIpc", given);
export const onMsgFromRender: Installed["onMsgFromRender"] = (...given) =>
  inMain("onMsgFromRender", given);
export const registerWindow: Installed["registerWindow"] = (...given) =>
  inMain("registerWindow", given);
export const sendMsgToRender: Installed["sendMsgToRender"] = (...given) =>
  inMain("sendMsgToRender", given);
export const showWindow: Installed["showWindow"] = (...given) => inMain("showWindow", given);
export const stats: Installed["stats"] = (...given) => inMain("stats", given);
export const unregisterWindow: Installed["unregisterWindow"] = (...given) =>
  inMain("unregisterWindow", given);
export const windowNames: Installed["windowNames"] = (...given) => inMain("windowNames", given);
export { initExposeInMainWorld } from "./expose";
export * from "./window-calls";

export const connect: Installed["connect"] = (...given) =>
  byPlace("connect", window.connect, given);
export const onUndeliverable: Installed["onUndeliverable"] = (...given) =>
  byPlace("onUndeliverable", window.onUndeliverable, given);
export const publish: Installed["publish"] = (...given) =>
  byPlace("publish", window.publish, given);
export const serve: Installed["serve"] = (...given) => byPlace("serve", window.serve, given);
export const subscribe: Installed["subscribe"] = (...given) =>
  byPlace("subscribe", window.subscribe, given);
