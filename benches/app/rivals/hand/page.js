const { startWork } = require("../../work");

const { ask, tell, onMain, onOther } = window.hand;

startWork({ ask, tell, onMain, onOther, linked: () => undefined });
