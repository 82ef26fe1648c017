// Stands in for Electron in plain Node: as much of it as the package's main and preload call. Ports pass
// messages on without a copy, because only instructions of the package are to be counted.
const { EventEmitter } = require("node:events");
const Module = require("node:module");

/** What ports have posted and nobody has taken yet, in order. Each is a task of its own. */
const tasks = [];

/** An end of a channel in a document. */
class PagePort {
  #taken = [];
  other = undefined;

  postMessage(data) {
    tasks.push({ port: this.other, data });
  }

  addEventListener(type, take) {
    if (type === "message") this.#taken.push(take);
  }

  start() {}

  take(data) {
    const event = { data };
    for (const take of this.#taken) take(event);
  }
}

/** An end of a channel in main. */
class MainPort extends EventEmitter {
  constructor(other) {
    super();
    this.other = other;
    other.other = this;
  }

  postMessage(data) {
    tasks.push({ port: this.other, data });
  }

  start() {}

  close() {}

  take(data) {
    this.emit("message", { data, ports: [] });
  }
}

/** A channel whose second port goes to main. */
class MessageChannel {
  port1 = new PagePort();
  port2 = this.port1;
}

class Contents extends EventEmitter {
  session = { getPreloads: () => [] };
  mainFrame = {
    processId: 1,
    routingId: 1,
    origin: "file://",
    url: "file:///page.html",
    parent: null,
  };

  constructor(id) {
    super();
    this.id = id;
  }

  getURL() {
    return "file:///page.html";
  }

  isLoadingMainFrame() {
    return false;
  }

  isDestroyed() {
    return false;
  }

  send() {}
}

class BrowserWindow extends EventEmitter {
  constructor(id) {
    super();
    this.webContents = new Contents(id);
  }

  isDestroyed() {
    return false;
  }

  loadURL() {}

  getBounds() {}
}

const all = [];
const electron = {
  app: Object.assign(new EventEmitter(), {
    isPackaged: true,
    whenReady() {},
    getAppPath: () => __dirname,
  }),
  ipcMain: Object.assign(new EventEmitter(), { handle() {}, removeHandler() {} }),
  webContents: { getAllWebContents: () => all },
};

/** From now on this process is Electron's main process, as far as the package can see. */
function becomeMain() {
  const versions = { ...process.versions, electron: "33.0.0" };
  Object.defineProperty(process, "versions", { value: versions });
  const { _load } = Module;
  Module._load = (name, ...rest) => (name === "electron" ? electron : _load(name, ...rest));
}

function openWindow() {
  const window = new BrowserWindow(all.length + 1);
  all.push(window.webContents);
  electron.app.emit("web-contents-created", {}, window.webContents);
  return window;
}

/** A document of a window says hello: `ports` are its own ends. */
function sayHello(window, hello, ports) {
  const { webContents: sender } = window;
  const event = { sender, senderFrame: sender.mainFrame, frameId: 1, processId: 1 };
  const offered = ports.map((port) => new MainPort(port));
  electron.ipcMain.emit("electron-switchyard", { ...event, ports: offered }, hello);
}

module.exports = { MessageChannel, PagePort, becomeMain, openWindow, sayHello, tasks };
