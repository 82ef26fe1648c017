/**
 * An app with few windows and nothing else in it. Each of them has this package, what one writes by
 * hand, and a raw message port side by side; the first window asks one thing after the other.
 */
const { app, BrowserWindow, ipcMain } = require("electron");
const sy = require("electron-switchyard");
const { CASES } = require("../../cases");
const { fineClocks, withCpu } = require("../clock");
const { path } = require("../node");
const { options, report, run } = require("../report");
const { runRounds } = require("../rounds");
const port = require("../rivals/port/main");

app.setPath("userData", path.join(__dirname, "user-data"));

const { rounds, smoke, cases } = options();
const which = CASES.find(({ id }) => id === cases[0]);
const n = smoke ? which.smoke : which.n;
const WEB_PREFERENCES = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  preload: path.join(__dirname, "preload-few.js"),
};

run(async () => {
  fineClocks();
  listen();
  const [contents] = await openWindows();
  await runRounds(
    which.id,
    ways(),
    { rounds, smoke },
    {
      open: () => undefined,
      sample: (way) => sample(contents, way),
      about: () => "",
    },
  );
});

/** All three answer alike. */
function listen() {
  const answer = ({ i }) => ({ got: i });
  sy.initIpc();
  sy.onMsgFromRender((_event, msg) => answer(msg));
  ipcMain.handle("few:hand", (_event, msg) => answer(msg));
  if (port.cannot) return;
  ipcMain.on("few:port", ({ ports: [end] }) => {
    end.on("message", ({ data: [id, msg] }) => end.postMessage([id, answer(msg)]));
    end.start();
  });
}

async function openWindows() {
  const contents = [];
  for (const name of which.windows) {
    const window = sy.createWindow(name, { show: false, webPreferences: WEB_PREFERENCES });
    await window.loadFile(path.join(__dirname, "few.html"));
    contents.push(window.webContents);
  }
  const others = BrowserWindow.getAllWindows().length - contents.length;
  if (others > 0) throw new Error(`there are ${others} other windows`);
  return contents;
}

function ways() {
  if (!port.cannot) return which.rivals.map((id) => ({ id }));
  report({ type: "cannot", rival: "port", why: port.cannot });
  return which.rivals.filter((id) => id !== "port").map((id) => ({ id }));
}

async function sample(contents, { id }) {
  const asked = () => contents.executeJavaScript(`run(${JSON.stringify(id)}, ${n})`);
  const { result, cpu } = await withCpu(asked);
  return { value: result.time / n, p50: result.p50, p99: result.p99, cpu: cpu / n };
}
