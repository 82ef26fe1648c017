/**
 * The calls of a page and nothing else, for pages that count their bytes. They are those of the
 * root import, `electron-switchyard`, which see.
 */
export {
  type AskOptions,
  type CallEvent,
  callOtherRender,
  type ErrorCode,
  type GoneReason,
  offMsgFromMain,
  offMsgFromOtherRender,
  onCall,
  onMsgFormOtherRender,
  onMsgFromMain,
  onMsgFromOtherRender,
  onUndeliverable,
  type RenderCallback,
  type RenderEvent,
  sendMsgToMain,
  sendMsgToOtherRender,
  type Undeliverable,
  type Undo,
} from "./index.js";
