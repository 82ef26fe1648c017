const { startWork } = require("../../work");

const { electronProkit } = window;

startWork({
  ask: electronProkit.renderMsgToMain,
  tell: electronProkit.renderMsgToRender,
  onMain: (listener) => electronProkit.onMsgFromMain((_event, msg) => listener(msg)),
  onOther: (listener) => electronProkit.onRenderMsgToRender((_event, msg) => listener(msg)),
  linked: () => undefined,
});
