/** The root import in Node and for bundlers that build for Node: everything in one place. */
import * as main from "../main/api";
import { side } from "./side";
import { initExposeInMainWorld, windowCalls } from "./window";

export {
  callRender,
  clearWindows,
  createWindow,
  destroyWindow,
  getAllWindows,
  getPreloadPath,
  getWindow,
  hasWindow,
  initIpc,
  onMsgFromRender,
  registerWindow,
  sendMsgToRender,
  showWindow,
  stats,
  unregisterWindow,
} from "../main/api";
export { initExposeInMainWorld };
export const {
  callOtherRender,
  offMsgFromMain,
  offMsgFromOtherRender,
  onCall,
  onMsgFormOtherRender,
  onMsgFromMain,
  onMsgFromOtherRender,
  sendMsgToMain,
  sendMsgToOtherRender,
} = windowCalls;

export const onUndeliverable: typeof main.onUndeliverable = (callback) =>
  (side() === "main" ? main : windowCalls).onUndeliverable(callback);
