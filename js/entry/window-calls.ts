/**
 * The calls of a window. No other module lists them: the entries export what this one does, and the
 * build writes the subpaths' declarations from the entries' exports.
 */
import { renderApi } from "../client";
import { endpointHere } from "./endpoint-here";

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
} = renderApi(endpointHere);
