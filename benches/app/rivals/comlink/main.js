/** comlink over message ports: one to a service of main, and one to a service of each page. */
const { expose, wrap } = require("comlink");
const electron = require("electron");
const { path } = require("../../node");
const { windowsByName } = require("../windows");

const own = windowsByName();
/** The page's own services, by window. */
const pages = new Map();
let trains;
let theme;

function destroyWindow(name) {
  own.destroyWindow(name);
  pages.delete(name);
}

function link(names) {
  for (const name of names) {
    expose(trains, endpoint(own.channelTo(name, "main")));
    pages.set(name, wrap(endpoint(own.channelTo(name, "self"))));
  }
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
  createWindow: own.createWindow,
  destroyWindow,
  link,
  publish(value) {
    for (const page of pages.values()) page.news(value);
  },
  retain(value) {
    theme = value;
  },
};
