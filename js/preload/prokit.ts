import { BRIDGE_KEY } from "../protocol/protocol";
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

/**
 * Runs in an isolated page. A function that crosses the contextBridge twice arrives as two
 * functions, so the preload cannot know which listener to remove; the page can.
 */
export const PROKIT_IN_PAGE = `(() => {
  if ("electronProkit" in window) return;
  const { renderMsgToMain, renderMsgToRender, onMsgFromMain, onRenderMsgToRender } =
    window.${BRIDGE_KEY}.prokit;
  const lane = (add) => {
    const undos = new Map();
    const off = (callback) => {
      const undo = undos.get(callback);
      if (undos.delete(callback)) undo();
    };
    const on = (callback) => {
      if (!undos.has(callback)) undos.set(callback, add(callback));
      return () => off(callback);
    };
    return { on, off };
  };
  const fromMain = lane(onMsgFromMain);
  Object.defineProperty(window, "electronProkit", {
    enumerable: true,
    value: Object.freeze({
      renderMsgToMain,
      renderMsgToRender,
      onMsgFromMain: fromMain.on,
      offMsgFromMain: fromMain.off,
      onRenderMsgToRender: lane(onRenderMsgToRender).on,
    }),
  });
})()`;
