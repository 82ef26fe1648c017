import type { RenderApi } from "../renderer";

/** The members of electron-prokit's global `window.electronProkit` that belong to its ipc. */
export interface Prokit {
  renderMsgToMain: RenderApi["sendMsgToMain"];
  renderMsgToRender: RenderApi["sendMsgToOtherRender"];
  onMsgFromMain: RenderApi["onMsgFromMain"];
  offMsgFromMain: RenderApi["offMsgFromMain"];
  onRenderMsgToRender: RenderApi["onMsgFromOtherRender"];
}

export function prokit(calls: RenderApi): Prokit {
  return {
    renderMsgToMain: calls.sendMsgToMain,
    renderMsgToRender: calls.sendMsgToOtherRender,
    onMsgFromMain: calls.onMsgFromMain,
    offMsgFromMain: calls.offMsgFromMain,
    onRenderMsgToRender: calls.onMsgFromOtherRender,
  };
}
