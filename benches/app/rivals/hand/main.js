/** What one writes without a package. */
const { ipcMain } = require("electron");
const { path } = require("../../node");
const { windowsByName } = require("../windows");

const { windows, createWindow, destroyWindow } = windowsByName();

function send(name, msg) {
  windows.get(name).webContents.send("hand:from-main", msg);
}

function publish(value) {
  for (const window of windows.values()) {
    if (!window.isDestroyed()) window.webContents.send("hand:news", value);
  }
}

let theme;

function retain(value) {
  theme = value;
}

function start(answer) {
  ipcMain.handle("hand:ask", (_event, msg) => answer(msg));
  ipcMain.handle("hand:find-train", (_event, msg) => answer(msg));
  ipcMain.handle("hand:theme", () => theme);
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
  publish,
  retain,
};
