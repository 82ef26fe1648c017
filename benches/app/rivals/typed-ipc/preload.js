const { exposeElectronAPI } = require("@electron-toolkit/preload");

exposeElectronAPI();
