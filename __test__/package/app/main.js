// The main process of a small app. All that differs between builds is in window.json.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { app } from "electron";
import { createWindow, initIpc, onMsgFromRender, sendMsgToRender } from "electron-switchyard";

const folder = app.getAppPath();
const { page, preload, ...webPreferences } = JSON.parse(
  readFileSync(join(folder, "window.json"), "utf8"),
);

app.allowRendererProcessReuse = true; // Electron 9 warns otherwise
app.setPath("userData", join(folder, "user-data"));
process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
app.whenReady().then(start);

function start() {
  initIpc();
  onMsgFromRender((event, msg) => {
    if (msg.report) finish(msg.report);
    else return { answer: msg.question * 2, asker: event.windowName };
  });
  for (const name of ["left", "right"]) open(name);
  sendMsgToRender("left", { hello: "left" });
}

function open(name) {
  const preferences = { ...webPreferences, preload: join(folder, preload) };
  const window = createWindow(name, { show: false, webPreferences: preferences });
  window.webContents.on("preload-error", (_event, _file, error) => fail(error));
  window.webContents.on("console-message", (_event, level, message) => {
    if (level === 3) console.log(`page: ${message}`);
  });
  window.loadFile(join(folder, page), { hash: name });
}

function finish(report) {
  console.log(`RESULT ${JSON.stringify(report)}`);
  // Electron 9 crashes if it exits within a callback of a window's loading.
  setImmediate(() => app.exit(0));
}

function fail(error) {
  console.log(`main: ${error?.stack ?? error}`);
  setImmediate(() => app.exit(1));
}
