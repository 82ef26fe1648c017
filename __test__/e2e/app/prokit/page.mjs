/** electron-prokit's calls as a page with Node has them, by the names that its global gives them. */
export {
  onMsgFormOtherRender as onRenderMsgToRender,
  onMsgFromMain,
  sendMsgToMain as renderMsgToMain,
  sendMsgToOtherRender as renderMsgToRender,
} from "electron-prokit";
