/** The floor: message ports straight into the pages, from main and between windows. */
const electron = require("electron");
const { path } = require("../../node");

const windows = new Map();
const ports = new Map();
let answerTo;

function createWindow(name, options) {
  const window = new electron.BrowserWindow(options);
  windows.set(name, window);
  return window;
}

function destroyWindow(name) {
  windows.get(name).destroy();
  windows.delete(name);
  ports.delete(name);
}

/** Gives each page its port to main, and a and b, which go together, one to each other. */
function link(names) {
  for (const name of names) linkToMain(name);
  if (names.includes("b")) linkPair("a", "b");
}

function linkToMain(name) {
  const { port1, port2 } = new electron.MessageChannelMain();
  ports.set(name, port1);
  port1.on("message", ({ data: [id, msg] }) => port1.postMessage([id, answerTo(msg)]));
  port1.start();
  give(name, "main", port2);
}

function linkPair(one, other) {
  const { port1, port2 } = new electron.MessageChannelMain();
  give(one, other, port1);
  give(other, one, port2);
}

function give(name, to, port) {
  windows.get(name).webContents.postMessage("port", to, [port]);
}

let published = [];

/** One text of all that a turn publishes, to each window. */
function publish(value) {
  if (published.push(value) === 1) Promise.resolve().then(postPublished);
}

function postPublished() {
  const text = JSON.stringify(published);
  published = [];
  for (const port of ports.values()) port.postMessage(text);
}

module.exports = {
  cannot: electron.MessageChannelMain ? undefined : "this Electron has no MessageChannelMain",
  cannotFirst: process.versions.electron.startsWith("9.")
    ? "in Electron 9 a message over a port that is new may be lost"
    : undefined,
  preload: () => path.join(__dirname, "preload-port.js"),
  start(answer) {
    answerTo = answer;
  },
  createWindow,
  destroyWindow,
  link,
  /** Without an id: no answer to a request. */
  publish,
  send: (name, msg) => ports.get(name).postMessage([undefined, msg]),
};
