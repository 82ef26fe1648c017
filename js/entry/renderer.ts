/** The import `electron-switchyard/renderer`: the calls of a page, and nothing else. */
import { endpointOfWorld, renderApi } from "../client";

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
} = renderApi(() => endpointOfWorld());
