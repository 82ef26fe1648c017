/**
 * What this package adds to the memory of an app that rests with ten windows, and what preloads that do less
 * than ours add. Read from Linux' /proc.
 */
const { app, BrowserWindow } = require("electron");
const { readFileSync } = require("fs");
const { path } = require("../node");
const { options, report, run } = require("../report");
const { sleep } = require("../time");

const WINDOWS = 10;
/** In ms: V8 and Chromium have done by then what they put off. */
const REST = 2500;

/** Of each setup: its preload, and its page. The last two have this package in main too. */
const SETUPS = {
  none: [undefined, "empty"],
  empty: ["empty.js", "empty"],
  expose: ["expose.js", "empty"],
  preload: ["ours", "empty"],
  page: ["ours", "weight"],
};

const [preloadName, page] = SETUPS[options().setup];
const isWith = preloadName === "ours";
// Else Chromium rounds what a page takes.
app.commandLine.appendSwitch("enable-precise-memory-info");
app.setPath("userData", path.join(__dirname, "user-data"));
const sy = isWith ? require("electron-switchyard") : undefined;
sy?.initIpc();
sy?.onMsgFromRender(() => 1);

run(async () => {
  const windows = [];
  for (let i = 0; i < WINDOWS; i++) windows.push(await opened(`window ${i}`));
  await sleep(REST);
  for (const { webContents } of windows) await webContents.executeJavaScript("gc(); gc(); 1");
  global.gc();
  await sleep(REST / 5);
  global.gc();
  measured("main-heap", process.memoryUsage().heapUsed / 1024);
  measured("main-private", privateKiB(process.pid));
  const pages = windows.map(({ webContents }) => webContents);
  const heap = "performance.memory.usedJSHeapSize / 1024";
  measured("page-heap", median(await Promise.all(pages.map((it) => it.executeJavaScript(heap)))));
  measured("page-private", median(pages.map((it) => privateKiB(it.getOSProcessId()))));
});

async function opened(name) {
  const own = preloadName && path.join(__dirname, preloadName);
  const preload = isWith ? sy.getPreloadPath() : own;
  const window = new BrowserWindow({
    show: false,
    webPreferences: { ...(preload && { preload }), sandbox: true, contextIsolation: true },
  });
  sy?.registerWindow(name, window);
  await window.loadFile(path.join(__dirname, `${page}.html`));
  return window;
}

/** Written pages of memory that no other process shares. */
function privateKiB(pid) {
  return Number(/^Private_Dirty:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`))[1]);
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

function measured(id, value) {
  report({ type: "measured", id, value });
}
