/** comlink over message ports: one to a service of main, and one to a service of each page. */
const { expose, wrap } = require("comlink");
const electron = require("electron");
const { path } = require("../../node");

const windows = new Map();
/** The page's own services, by window. */
const pages = new Map();
let trains;
let theme;

function createWindow(name, options) {
  const window = new electron.BrowserWindow(options);
  windows.set(name, window);
  return window;
}

function destroyWindow(name) {
  windows.get(name).destroy();
  windows.delete(name);
  pages.delete(name);
}

function link(names) {
  for (const name of names) {
    expose(trains, endpoint(give(name, "main")));
    pages.set(name, wrap(endpoint(give(name, "self"))));
  }
}

/** Gives a page one end of a channel. */
function give(name, to) {
  const { port1, port2 } = new electron.MessageChannelMain();
  windows.get(name).webContents.postMessage("port", to, [port2]);
  return port1;
}

/** A port of main as comlink takes it. */
function endpoint(port) {
  return {
    addEventListener: (type, listener) => port.on(type, listener),
    removeEventListener: (type, listener) => port.off(type, listener),
    postMessage: (msg, ports) => port.postMessage(msg, ports),
    start: () => port.start(),
  };
}

module.exports = {
  cannot: electron.MessageChannelMain ? undefined : "this Electron has no MessageChannelMain",
  preload: () => path.join(__dirname, "preload-port.js"),
  start(answer) {
    trains = { find: answer, theme: () => theme };
  },
  createWindow,
  destroyWindow,
  link,
  publish(value) {
    for (const page of pages.values()) page.news(value);
  },
  retain(value) {
    theme = value;
  },
};
