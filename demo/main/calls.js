const path = require("path");
const { BrowserWindow } = require("electron");
const ipc = require("electron-switchyard");
const { richValue, unclonable } = require("../shared/samples");
const { show } = require("../shared/show");
const { captureConsole } = require("./console");
const { inbox } = require("./inbox");
const { log } = require("./log");
const { loadPage, openWindow, options } = require("./windows");

const SMALL = { width: 420, height: 320, show: false };

/** Answers what the first handler has no answer to. */
const second = (_event, msg) => (msg.ask === "second" ? "the second handler's answer" : undefined);
let undoSecond = () => {};
let undoFirst = () => {};
let undoAgain = () => {};
let undoNotes = () => {};

/** A window that the app made itself. */
let guest;

/** The calls of the main process, one button each in window "main". */
const CALLS = {
  initIpc: {
    about: "a second time: harmless",
    text: "initIpc()",
    run: () => ipc.initIpc(),
  },
  getPreloadPath: {
    about: "the ready-made preload",
    text: "getPreloadPath()",
    run: () => path.basename(ipc.getPreloadPath()),
  },
  hasWindow: {
    about: "does any have the name?",
    text: 'hasWindow("work")',
    run: () => ipc.hasWindow("work"),
  },
  getWindow: {
    about: "the window of a name",
    text: 'getWindow("work").getTitle()',
    run: () => ipc.getWindow("work")?.getTitle(),
  },
  getAllWindows: {
    about: "all windows with a name",
    text: "getAllWindows().length",
    run: () => ipc.getAllWindows().length,
  },
  createWindow: {
    about: "a small one: extra",
    text: 'createWindow("extra", ...)',
    run: () => named(ipc.createWindow("extra", { ...SMALL, ...options() })),
  },
  "createWindow: again": {
    about: "warns, returns the same",
    text: 'createWindow("main")',
    run() {
      const before = ipc.getWindow("main");
      const warning = captureConsole("warn", () => ipc.createWindow("main"));
      return { same: ipc.getWindow("main") === before, warning };
    },
  },
  "sendMsgToRender: early": {
    about: "before extra has loaded",
    text: 'sendMsgToRender("extra", "too early?"), then loadFile',
    sends: true,
    run() {
      ipc.sendMsgToRender("extra", "too early?");
      const { queued } = ipc.stats().windows.extra;
      loadPage(ipc.getWindow("extra"), "extra");
      return { queued };
    },
  },
  showWindow: {
    about: "show and centre extra",
    text: 'showWindow("extra")',
    run() {
      ipc.showWindow("extra");
      return ipc.getWindow("extra")?.isVisible();
    },
  },
  "showWindow: nobody": {
    about: "an error on the console",
    text: 'showWindow("nobody")',
    run: () => ({ error: captureConsole("error", () => ipc.showWindow("nobody")) }),
  },
  destroyWindow: {
    about: "close extra",
    text: 'destroyWindow("extra")',
    run() {
      ipc.destroyWindow("extra");
      return { hasWindow: ipc.hasWindow("extra") };
    },
  },
  registerWindow: {
    about: "name a window: guest",
    text: 'registerWindow("guest", new BrowserWindow(...))',
    run() {
      if (!guest || guest.isDestroyed()) guest = new BrowserWindow({ ...SMALL, ...options() });
      ipc.registerWindow("guest", guest);
      return named(ipc.getWindow("guest"));
    },
  },
  "registerWindow: taken": {
    about: "refused: main is main",
    text: 'registerWindow("main", getWindow("work"))',
    run: () => ipc.registerWindow("main", ipc.getWindow("work")),
  },
  unregisterWindow: {
    about: "take guest's name away",
    text: 'unregisterWindow("guest")',
    run: () => ipc.unregisterWindow("guest"),
  },
  clearWindows: {
    about: "destroy all but these two",
    text: "clearWindows()",
    run: clearAllButTheDemo,
  },
  sendMsgToRender: {
    about: "to window work",
    text: 'sendMsgToRender("work", { hello: "work" })',
    sends: true,
    run: () => ipc.sendMsgToRender("work", { hello: "work" }),
  },
  "sendMsgToRender: rich": {
    about: "what JSON cannot carry",
    text: `sendMsgToRender("work", ${show(richValue())})`,
    sends: true,
    run: () => ipc.sendMsgToRender("work", richValue()),
  },
  "sendMsgToRender: fn": {
    about: "refused, naming the place",
    text: `sendMsgToRender("work", ${show(unclonable())})`,
    sends: true,
    run: () => ipc.sendMsgToRender("work", unclonable()),
  },
  "sendMsgToRender: nobody": {
    about: "throws: no such window",
    text: 'sendMsgToRender("nobody", "hello?")',
    sends: true,
    run: () => ipc.sendMsgToRender("nobody", "hello?"),
  },
  callRender: {
    about: "ask work, await its answer",
    text: 'callRender("work", { ask: "greet" })',
    sends: true,
    run: () => ipc.callRender("work", { ask: "greet" }),
  },
  "callRender: timeout": {
    about: "give up after 100 ms",
    text: 'callRender("work", { ask: "wait" }, { timeoutMs: 100 })',
    sends: true,
    run: () => ipc.callRender("work", { ask: "wait" }, { timeoutMs: 100 }),
  },
  onMsgFromRender: {
    about: "add a second handler",
    text: "onMsgFromRender(second)",
    run: () => {
      undoSecond = ipc.onMsgFromRender(second);
      return undoSecond;
    },
  },
  "onMsgFromRender: undo": {
    about: "remove it again",
    text: "undo()",
    run: () => undoSecond(),
  },
  windowNames: {
    about: "all names",
    text: "windowNames()",
    run: () => ipc.windowNames(),
  },
  getContents: {
    about: "the webContents of a name",
    text: 'getContents("work").getTitle()',
    run: () => ipc.getContents("work")?.getTitle(),
  },
  "connect: view": {
    about: "a service of window work",
    text: 'connect("view", { in: "work" }).greet("main")',
    sends: true,
    run: () => ipc.connect("view", { in: "work" }).greet("main"),
  },
  serve: {
    about: "a service, to be replaced",
    text: 'serve("clock", { now: () => 1 })',
    run: () => {
      undoFirst = ipc.serve("clock", { now: () => 1 });
      return undoFirst;
    },
  },
  "serve: again": {
    about: "later calls get this one",
    text: 'serve("clock", { now: () => 2 }), undo the first',
    run() {
      undoAgain = ipc.serve("clock", { now: () => 2 });
      undoFirst();
    },
  },
  "serve: undo": {
    about: "nobody serves it any more",
    text: "undo()",
    run: () => undoAgain(),
  },
  "publish: to": {
    about: "for window work alone",
    text: 'publish("notes", "for work", { to: ["work"] })',
    sends: true,
    run: () => ipc.publish("notes", "for work", { to: ["work"] }),
  },
  "publish: conflate": {
    about: "the last of 100 counts",
    text: 'publish("notes", n, { conflate: "count" }), 100 times',
    sends: true,
    run() {
      for (let n = 1; n <= 100; n++) ipc.publish("notes", n, { conflate: "count" });
    },
  },
  subscribe: {
    about: "main gets them as well",
    text: 'subscribe("notes", listener)',
    run: () => {
      undoNotes = ipc.subscribe("notes", (event, note) => {
        const text = `${event.windowName || "main process"}: ${show(note)}`;
        log("received", `subscribe("notes")  ${text}`);
        inbox.put("notes", text);
      });
      return undoNotes;
    },
  },
  "subscribe: undo": {
    about: "and does so no more",
    text: "undo()",
    run: () => undoNotes(),
  },
  "open late": {
    about: "has theme and trains at once",
    text: 'createWindow("late", ...)',
    run: () => named(ipc.hasWindow("late") ? ipc.getWindow("late") : openWindow("late")),
  },
  stats: {
    about: "the router's counters",
    text: "stats().total",
    run: () => ipc.stats().total,
  },
};

/** The windows that have no name are not the package's to destroy. */
function clearAllButTheDemo() {
  const kept = ["main", "work"].map((name) => [name, ipc.getWindow(name)]);
  for (const [name] of kept) ipc.unregisterWindow(name);
  ipc.clearWindows();
  const left = ipc.getAllWindows().length;
  for (const [name, window] of kept) if (window) ipc.registerWindow(name, window);
  return { left };
}

function named(window) {
  return window instanceof BrowserWindow ? "a BrowserWindow" : `no BrowserWindow: ${window}`;
}

/** Makes a call as its button does. Returns, as text, what it returned or threw; or its promise. */
function callByName(name) {
  const { run, text, sends } = CALLS[name];
  log(sends ? "sent" : "did", text);
  try {
    const result = run();
    return result instanceof Promise ? result.then(succeeded, failed) : succeeded(result);
  } catch (error) {
    return failed(error);
  }
}

function succeeded(result) {
  if (result !== undefined) log("did", show(result));
  return show(result);
}

function failed(error) {
  log("failed", show(error));
  return show(error);
}

function textOf(name) {
  return CALLS[name].text;
}

function buttons() {
  return Object.keys(CALLS).map((name) => ({ name, about: CALLS[name].about }));
}

module.exports = { buttons, callByName, textOf };
