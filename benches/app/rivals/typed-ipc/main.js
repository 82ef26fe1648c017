/** @electron-toolkit/typed-ipc, which hands all on to ipcMain and ipcRenderer. */
const { IpcListener } = require("@electron-toolkit/typed-ipc/main");
const { path } = require("../../node");
const { windowsByName } = require("../windows");

const { createWindow, destroyWindow } = windowsByName();

module.exports = {
  cannot:
    Number.parseInt(process.versions.electron, 10) >= 13
      ? undefined
      : "it is for Electron 13 and later",
  preload: () => path.join(__dirname, "preload-typed-ipc.js"),
  start(answer) {
    new IpcListener().handle("typed-ipc:find", (_event, msg) => answer(msg));
  },
  createWindow,
  destroyWindow,
};
