// The demo's main process: two windows, a handler, and the tour that makes every call once.
const { app } = require("electron");
const { initIpc, onMsgFromRender, sendMsgToRender, hasWindow } = require("electron-switchyard");
const { answer, tourEnded } = require("./answers");
const { saveScreenshot } = require("./screenshot");
const { runTour } = require("./tour");
const { openWindow } = require("./windows");
const { stage } = require("./stage");
const { openYard } = require("./yard");

const STAY = !process.argv.includes("--demo-exit");
const SCREENSHOT = argument("--demo-screenshot=");

// Electron would ask the user with a dialog, and wait for an answer for ever.
process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);

app.allowRendererProcessReuse = true; // Electron 9 warns otherwise
app.on("window-all-closed", () => {}); // else Electron quits, with 0 whatever the tour said
app.whenReady().then(start).catch(fail);

async function start() {
  let code = 1;
  initIpc();
  onMsgFromRender(answer);
  openYard();
  whenClosed([openWindow("main"), openWindow("work")], () => exit(code));

  const tour = await runTour(stage());
  code = tour.ok ? 0 : 1;
  tourEnded(tour);
  for (const name of ["main", "work"]) {
    if (hasWindow(name)) sendMsgToRender(name, { topic: "tour", tour });
  }
  if (SCREENSHOT) console.log(`screenshot: ${await saveScreenshot(SCREENSHOT)}`);
  if (!STAY) exit(code);
}

/** The calls may have left hidden windows, which would keep Electron running. */
function whenClosed(windows, callback) {
  let open = windows.length;
  for (const window of windows) {
    window.on("closed", () => {
      open--;
      if (open === 0) callback();
    });
  }
}

function argument(prefix) {
  return process.argv.find((each) => each.startsWith(prefix))?.slice(prefix.length);
}

function fail(error) {
  console.error(error);
  exit(1);
}

function exit(code) {
  // Electron 9 crashes if it exits within a callback of a window's loading.
  setImmediate(() => app.exit(code));
}
