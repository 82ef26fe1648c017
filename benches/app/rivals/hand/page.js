const { startWork } = require("../../work");

const { ask, findTrain, theme, tell, onMain, onOther, onNews } = window.hand;

startWork({
  ask,
  call: findTrain,
  tell,
  onMain,
  onOther,
  onTopic: onNews,
  retained: theme,
  linked: () => undefined,
});
