const sy = require("electron-switchyard");
const { startWork } = require("../../work");

startWork({
  ask: sy.sendMsgToMain,
  tell: sy.sendMsgToOtherRender,
  onMain: (listener) => sy.onMsgFromMain((_event, msg) => listener(msg)),
  onOther: (listener) => sy.onMsgFromOtherRender((_event, msg) => listener(msg)),
  linked: () => undefined,
});
