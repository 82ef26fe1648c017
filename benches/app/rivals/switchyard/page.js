const sy = require("electron-switchyard");
const { startWork } = require("../../work");

const trains = sy.connect("trains");

startWork({
  ask: sy.sendMsgToMain,
  call: (msg) => trains.find(msg),
  tell: sy.sendMsgToOtherRender,
  onMain: (listener) => sy.onMsgFromMain((_event, msg) => listener(msg)),
  onOther: (listener) => sy.onMsgFromOtherRender((_event, msg) => listener(msg)),
  onTopic: (listener) => sy.subscribe("news", (_event, value) => listener(value)),
  retained: () =>
    new Promise((resolve) => {
      sy.subscribe("theme", (_event, value) => resolve(value));
    }),
  linked: () => undefined,
});
