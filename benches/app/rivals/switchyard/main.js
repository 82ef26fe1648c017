const sy = require("electron-switchyard");

module.exports = {
  preload: sy.getPreloadPath,
  start(answer) {
    sy.initIpc();
    sy.onMsgFromRender((_event, msg) => answer(msg));
    sy.serve("trains", { find: answer });
  },
  createWindow: sy.createWindow,
  destroyWindow: sy.destroyWindow,
  send: sy.sendMsgToRender,
  publish: (value) => sy.publish("news", value),
  retain: (value) => sy.publish("theme", value, { retain: true }),
};
