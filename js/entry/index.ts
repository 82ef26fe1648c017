/** The root import in Node and for bundlers that build for Node: everything in one place. */
import { initExposeInMainWorld, windowCalls } from "./window";

export {
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
  offMsgFromMain,
  offMsgFromOtherRender,
  onMsgFormOtherRender,
  onMsgFromMain,
  onMsgFromOtherRender,
  sendMsgToMain,
  sendMsgToOtherRender,
} = windowCalls;
