const sy = require("electron-switchyard");

sy.initExposeInMainWorld();
sy.onMsgFromMain((_event, msg) => sy.sendMsgToMain({ preload: "main", msg }));
