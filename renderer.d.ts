/**
 * The calls of a page and nothing else, for pages that count their bytes. They are those of the
 * root import, `electron-switchyard`, which see.
 */
export {
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
} from "./index.js";
