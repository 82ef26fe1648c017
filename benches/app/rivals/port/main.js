/** The floor: message ports straight into the pages, from main and between windows. */
const electron = require("electron");
const { path } = require("../../node");
const { windowsByName } = require("../windows");

const own = windowsByName();
const ports = new Map();
let answerTo;

function destroyWindow(name) {
  own.destroyWindow(name);
  ports.delete(name);
}

/** Gives each page its port to main, and a and b, which go together, one to each other. */
function link(names) {
  for (const name of names) linkToMain(name);
  if (names.includes("b")) own.give("b", "a", own.channelTo("a", "b"));
}

function linkToMain(name) {
  const port = own.channelTo(name, "main");
  ports.set(name, port);
  port.on("message", ({ data: [id, msg] }) => port.postMessage([id, answerTo(msg)]));
  port.start();
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
  createWindow: own.createWindow,
  destroyWindow,
  link,
  /** Without an id: no answer to a request. */
  publish,
  send: (name, msg) => ports.get(name).postMessage([undefined, msg]),
};
