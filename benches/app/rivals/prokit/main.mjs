/** electron-prokit as it is, without what its ipc does not need (nothing.js). */
import {
  createWindow,
  destroyWindow,
  initIpc,
  onMsgFromRender,
  sendMsgToRender,
} from "electron-prokit";
import { path } from "../../node";

export const preload = () => path.join(__dirname, "preload-prokit.js");

export function start(answer) {
  initIpc();
  onMsgFromRender((_event, msg) => answer(msg));
}

export { createWindow, destroyWindow, sendMsgToRender as send };
