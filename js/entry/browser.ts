/**
 * The root import for bundlers that build for browsers: small, for pages. Some set-ups build their
 * preload and main process so too; there the calls of the main process come from the installed
 * package at run time.
 */
import { wrongProcess } from "../errors";
import { nodeRequire } from "../main/node";
import { side } from "./side";
import { initExposeInMainWorld, windowCalls } from "./window";

type Installed = typeof import("./index");

function inMain<Call extends keyof Installed>(call: Call): Installed[Call] {
  const forward = (...args: never[]) => {
    if (side() !== "main") throw wrongProcess(call, "Electron's main process");
    const installed = nodeRequire()("electron-switchyard") as Installed;
    return (installed[call] as (...args: never[]) => unknown)(...args);
  };
  return forward as Installed[Call];
}

export const clearWindows = inMain("clearWindows");
export const createWindow = inMain("createWindow");
export const destroyWindow = inMain("destroyWindow");
export const getAllWindows = inMain("getAllWindows");
export const getPreloadPath = inMain("getPreloadPath");
export const getWindow = inMain("getWindow");
export const hasWindow = inMain("hasWindow");
export const initIpc = inMain("initIpc");
export const onMsgFromRender = inMain("onMsgFromRender");
export const registerWindow = inMain("registerWindow");
export const sendMsgToRender = inMain("sendMsgToRender");
export const showWindow = inMain("showWindow");
export const stats = inMain("stats");
export const unregisterWindow = inMain("unregisterWindow");
export { initExposeInMainWorld };
export const {
  offMsgFromMain,
  offMsgFromOtherRender,
  onMsgFormOtherRender,
  onMsgFromMain,
  onMsgFromOtherRender,
  sendMsgToMain,
  sendMsgToOtherRender,
} = windowCalls;
