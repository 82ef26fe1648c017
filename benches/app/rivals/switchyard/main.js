const sy = require("electron-switchyard");

module.exports = {
  preload: sy.getPreloadPath,
  start(answer) {
    sy.initIpc();
    sy.onMsgFromRender((_event, msg) => answer(msg));
  },
  createWindow: sy.createWindow,
  destroyWindow: sy.destroyWindow,
  send: sy.sendMsgToRender,
};
