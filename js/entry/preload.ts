/** The import `electron-switchyard/preload`: what a preload calls, and nothing else. */
import { initExposeInMainWorld, windowCalls } from "./window";

export { initExposeInMainWorld };
export const {
  callOtherRender,
  offMsgFromMain,
  offMsgFromOtherRender,
  onCall,
  onMsgFormOtherRender,
  onMsgFromMain,
  onMsgFromOtherRender,
  onUndeliverable,
  sendMsgToMain,
  sendMsgToOtherRender,
} = windowCalls;
