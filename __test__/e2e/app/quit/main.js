/** An app that fills all queues, leaves requests open and ends, in one of several ways. */
const { app } = require("electron");
const sy = require("electron-switchyard");
const { path } = require("../node");
const { until } = require("../time");

const OPEN_REQUESTS = 200;

const WAYS = {
  quit: () => app.quit(),
  "last-window": () => sy.getAllWindows().forEach((window) => void window.close()),
  destroyed: () => sy.clearWindows(),
  "from-handler": () => sy.onMsgFromRender(() => app.quit()),
  "while-loading": () => {
    sy.createWindow("late", options())
      .loadFile(page())
      .catch(() => undefined);
    for (let n = 0; n < 100; n++) sy.sendMsgToRender("late", n);
    app.quit();
  },
};

const way = process.argv.map((arg) => /^--way=(.*)/.exec(arg)).filter(Boolean)[0][1];
const say = (line) => process.stdout.write(`@@${line}\n`);
app.setPath("userData", path.join(__dirname, "user-data", String(process.pid)));
for (const fault of ["uncaughtException", "unhandledRejection", "warning"]) {
  process.on(fault, (error) => say(`${fault}: ${error?.stack}`));
}
app.on("before-quit", speakToAll);
app.on("will-quit", speakToAll);
app.whenReady().then(run);

function options() {
  return { show: false, webPreferences: { preload: sy.getPreloadPath() } };
}

function page() {
  return path.join(__dirname, "..", "pages", "page.html");
}

async function run() {
  sy.initIpc({ maxQueueRecords: 1000 });
  const windows = ["a", "b", "c"].map((name) => sy.createWindow(name, options()));
  await Promise.all(windows.map((window) => window.loadFile(page())));
  for (const name of ["a", "b", "c"]) fill(() => sy.sendMsgToRender(name, { some: "message" }));
  const answers = [];
  const undo = sy.onMsgFromRender(() => new Promise((resolve) => answers.push(resolve)));
  await pages(windows, `for (let n = 0; n < ${OPEN_REQUESTS}; n++) ask();`);
  await until("requests are open", () => answers.length === 3 * OPEN_REQUESTS);
  undo();
  // No handler now: main's queue fills.
  await pages(windows, "for (let n = 0; n < 1000; n++) ask();");
  await until("main's queue takes no more of pages", isMainFull);
  // Windows go on asking and sending while all this ends.
  await pages(windows, "setInterval(() => { ask(); sy.sendMsgToOtherRender('a', 1); }, 0);");
  app.on("will-quit", () => {
    for (const answer of answers) answer("too late");
  });
  say(`full: ${JSON.stringify(sy.stats().total)}`);
  WAYS[way]();
}

/** A quarter of it is kept for others than pages, and each page leaves some to the next. */
function isMainFull() {
  const { queued, refused } = sy.stats().mainProcess;
  return queued > 700 && refused > 0;
}

function fill(send) {
  try {
    for (;;) send();
  } catch (error) {
    if (error.code !== "ERR_QUEUE_FULL") throw error;
  }
}

function pages(windows, code) {
  const script = `{ const ask = () => sy.sendMsgToMain(1).catch(() => undefined); ${code} } undefined`;
  return Promise.all(windows.map(({ webContents }) => webContents.executeJavaScript(script)));
}

/** As apps do at their end: what is refused is refused, and nothing else is thrown. */
function speakToAll() {
  for (const name of ["a", "b", "c"]) {
    try {
      sy.sendMsgToRender(name, "good bye");
    } catch (error) {
      if (error.code !== "ERR_QUEUE_FULL") throw error;
    }
  }
  const { accepted, delivered, queued, dropped } = sy.stats().total;
  if (accepted !== delivered + queued + dropped) say("the counters are wrong");
}
