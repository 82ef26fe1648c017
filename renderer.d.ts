/**
 * The calls of a page and nothing else, for pages that count their bytes. They are those of the
 * root import, `electron-switchyard`, which see.
 */
export {
  type AnswerFrom,
  type AnswerFromMain,
  type AskOptions,
  type CallEvent,
  type CallTo,
  callOtherRender,
  type ErrorCode,
  type Exchange,
  type GoneReason,
  type MessageContract,
  type MsgFromMain,
  type MsgFromOther,
  type MsgToMain,
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
  type WindowContract,
  type WindowName,
} from "./index.js";
