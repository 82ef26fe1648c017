/** How long the package takes to start, in a process that has done nothing else with it. */
// As in any app: these are there before.
const { app, BrowserWindow, ipcMain } = require("electron");
const { performanceNow } = require("../time");

// Node loads what reads the "exports" of packages for the first package that has them: 1.3 ms, for
// whichever dependency of an app comes first. What it takes is reported apart.
const before = performanceNow();
require("with-exports");
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
  report({ type: "measured", id: "start-exports", value: start - before });
});
