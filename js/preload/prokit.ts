import type { RenderApi } from "../client";
import { failure } from "../errors";

type Missing = () => Promise<never>;

/** The members of electron-prokit's global `window.electronProkit`. */
export interface Prokit {
  renderMsgToMain: RenderApi["sendMsgToMain"];
  renderMsgToRender: RenderApi["sendMsgToOtherRender"];
  onMsgFromMain: RenderApi["onMsgFromMain"];
  offMsgFromMain: RenderApi["offMsgFromMain"];
  onRenderMsgToRender: RenderApi["onMsgFromOtherRender"];
  clearDb: Missing;
  initDb: Missing;
  readDb: Missing;
  writeDb: Missing;
}

export function prokit(calls: RenderApi): Prokit {
  return {
    renderMsgToMain: calls.sendMsgToMain,
    renderMsgToRender: calls.sendMsgToOtherRender,
    onMsgFromMain: calls.onMsgFromMain,
    offMsgFromMain: calls.offMsgFromMain,
    onRenderMsgToRender: calls.onMsgFromOtherRender,
    clearDb: missing("clearDb"),
    initDb: missing("initDb"),
    readDb: missing("readDb"),
    writeDb: missing("writeDb"),
  };
}

/** A function of electron-prokit's database, which this package does not have. */
function missing(apiName: string): Missing {
  return async () => {
    throw failure(
      "ERR_NO_PRELOAD",
      `${apiName}: the database is electron-prokit's own. Call electron-prokit's initExposeInMainWorld() ` +
        "in the preload, before this package's, and its initIpc() in main (docs/migrating.md, Its database)",
    );
  };
}
