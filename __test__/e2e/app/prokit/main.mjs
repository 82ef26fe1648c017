export {
  createWindow,
  destroyWindow,
  initIpc,
  onMsgFromRender,
  sendMsgToRender,
} from "electron-prokit";
