/**
 * The root import for bundlers that build for browsers: small, for pages. If an app builds its main process so
 * too, the calls of the main process come from the installed package at run time.
 */
import { installedName } from "../host/installed";
import { nodeRequire } from "../host/node";
import { misplaced, side } from "./side";
import * as window from "./window-calls";

type Installed = typeof import("./index");

// Each call is marked as pure, so that the bundle of a page has none that the page does not use.
function inMain<Call extends keyof Installed>(apiName: Call): Installed[Call] {
  const forward = (...args: never[]) => {
    if (side() !== "main") throw misplaced(apiName, "Electron's main process");
    const require = nodeRequire();
    const installed = require(installedName(require) ?? "electron-switchyard") as Installed;
    return (installed[apiName] as (...args: never[]) => unknown)(...args);
  };
  return forward as Installed[Call];
}

export const callRender = /* @__PURE__ */ inMain("callRender");
export const clearWindows = /* @__PURE__ */ inMain("clearWindows");
export const createWindow = /* @__PURE__ */ inMain("createWindow");
export const destroyWindow = /* @__PURE__ */ inMain("destroyWindow");
export const getAllWindows = /* @__PURE__ */ inMain("getAllWindows");
export const getContents = /* @__PURE__ */ inMain("getContents");
export const getPreloadPath = /* @__PURE__ */ inMain("getPreloadPath");
export const getWindow = /* @__PURE__ */ inMain("getWindow");
export const hasWindow = /* @__PURE__ */ inMain("hasWindow");
export const initIpc = /* @__PURE__ */ inMain("initIpc");
export const onMsgFromRender = /* @__PURE__ */ inMain("onMsgFromRender");
export const registerWindow = /* @__PURE__ */ inMain("registerWindow");
export const sendMsgToRender = /* @__PURE__ */ inMain("sendMsgToRender");
export const showWindow = /* @__PURE__ */ inMain("showWindow");
export const stats = /* @__PURE__ */ inMain("stats");
export const unregisterWindow = /* @__PURE__ */ inMain("unregisterWindow");
export const windowNames = /* @__PURE__ */ inMain("windowNames");
export { initExposeInMainWorld } from "./expose";
export * from "./window-calls";

// Both the main process and windows have these calls.

const onUndeliverableInMain = /* @__PURE__ */ inMain("onUndeliverable");
export const onUndeliverable: Installed["onUndeliverable"] = (...given) =>
  (side() === "main" ? onUndeliverableInMain : window.onUndeliverable)(...given);

const connectInMain = /* @__PURE__ */ inMain("connect");
export const connect: Installed["connect"] = (...given) =>
  (side() === "main" ? connectInMain : window.connect)(...given);

const publishInMain = /* @__PURE__ */ inMain("publish");
export const publish: Installed["publish"] = (...given) =>
  (side() === "main" ? publishInMain : window.publish)(...given);

const serveInMain = /* @__PURE__ */ inMain("serve");
export const serve: Installed["serve"] = (...given) =>
  (side() === "main" ? serveInMain : window.serve)(...given);

const subscribeInMain = /* @__PURE__ */ inMain("subscribe");
export const subscribe: Installed["subscribe"] = (...given) =>
  (side() === "main" ? subscribeInMain : window.subscribe)(...given);
