/** What one writes without a package. */
const { BrowserWindow, ipcMain } = require("electron");
const { path } = require("../../node");

const windows = new Map();

function createWindow(name, options) {
  const window = new BrowserWindow(options);
  windows.set(name, window);
  return window;
}

function destroyWindow(name) {
  windows.get(name).destroy();
  windows.delete(name);
}

function send(name, msg) {
  windows.get(name).webContents.send("hand:from-main", msg);
}

function start(answer) {
  ipcMain.handle("hand:ask", (_event, msg) => answer(msg));
  ipcMain.on("hand:tell", (_event, name, msg) => {
    windows.get(name).webContents.send("hand:from-other", msg);
  });
}

module.exports = {
  preload: () => path.join(__dirname, "preload-hand.js"),
  start,
  createWindow,
  destroyWindow,
  send,
};
