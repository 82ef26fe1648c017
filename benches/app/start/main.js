/** How long the package takes to start, in a process that has done nothing else with it. */
// As in any app: these are there before.
const { app, BrowserWindow, ipcMain } = require("electron");
const { performanceNow } = require("../time");

const start = performanceNow();
const sy = require("electron-switchyard");
const required = performanceNow();
sy.initIpc();
const started = performanceNow();

const { path } = require("../node");
const { report, run } = require("../report");

app.setPath("userData", path.join(__dirname, "user-data"));

run(() => {
  if (!BrowserWindow || !ipcMain) throw new Error("this is no Electron");
  report({ type: "measured", id: "start-time", value: started - start });
  report({ type: "measured", id: "start-require", value: required - start });
});
