/** @electron-toolkit/typed-ipc, which hands all on to ipcMain and ipcRenderer. */
const { IpcListener } = require("@electron-toolkit/typed-ipc/main");
const electron = require("electron");
const { path } = require("../../node");

const windows = new Map();

function createWindow(name, options) {
  const window = new electron.BrowserWindow(options);
  windows.set(name, window);
  return window;
}

function destroyWindow(name) {
  windows.get(name).destroy();
  windows.delete(name);
}

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
