export {
  createWindow,
  destroyWindow,
  getWindow,
  initIpc,
  onMsgFromRender,
  sendMsgToRender,
} from "electron-prokit";
