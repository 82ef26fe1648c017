// The main process of a small app. What differs between builds is in window.json, and APP_PAGE.

import { app } from "electron";
import {
  callRender,
  createWindow,
  getPreloadPath,
  initIpc,
  onMsgFromRender,
  sendMsgToRender,
  type WindowName,
} from "electron-switchyard";
import { readFileSync } from "fs";
import { join } from "path";
import type { Report } from "./messages";

const folder = app.getAppPath();
const { page, preload, userData, ...webPreferences } = JSON.parse(
  readFileSync(join(folder, "window.json"), "utf8"),
);

Object.assign(app, { allowRendererProcessReuse: true }); // Electron 9 warns otherwise
app.setPath("userData", userData || join(folder, "user-data"));
process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
app.whenReady().then(start);

function start() {
  initIpc();
  onMsgFromRender((event, msg) => {
    if ("report" in msg) return finish(msg.report);
    if ("fail" in msg) throw Object.assign(new RangeError(msg.fail), { code: "ERR_OF_APP" });
    return { answer: msg.question * 2, asker: event.windowName };
  });
  for (const name of ["left", "right"] as const) open(name);
  sendMsgToRender("left", { hello: "left" });
}

function open(name: WindowName) {
  const ownOrReady = preload ? join(folder, preload) : getPreloadPath();
  const preferences = { ...webPreferences, preload: ownOrReady };
  const window = createWindow(name, { show: false, webPreferences: preferences });
  window.webContents.on("preload-error", (_event, _file, error) => fail(error));
  window.webContents.on("console-message", (_event, level, message) => {
    if (level === 3) console.log(`page: ${message}`);
  });
  window.loadFile(join(folder, process.env["APP_PAGE"] || page), { hash: name });
}

async function finish(report: Report) {
  const called = await callRender("right", new Uint8Array([20, 21]));
  const whole = { ...report, called: [called.constructor.name, ...called] };
  console.log(`RESULT ${JSON.stringify(whole)}`);
  // Electron 9 crashes if it exits within a callback of a window's loading.
  setImmediate(() => app.exit(0));
}

function fail(error: unknown) {
  console.log(`main: ${(error as Error | undefined)?.stack ?? error}`);
  setImmediate(() => app.exit(1));
}
