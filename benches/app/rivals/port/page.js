const { startWork } = require("../../work");
const { receivePorts } = require("./ports");

const waiting = new Map();
const ears = {};
let asked = 0;

const { ports, linked } = receivePorts((name, port) => {
  port.onmessage = name === "main" ? fromMain : (event) => ears.other(event.data);
});

function fromMain({ data }) {
  if (typeof data === "string") return JSON.parse(data).forEach(ears.topic);
  const [id, msg] = data;
  if (id === undefined) return ears.main(msg);
  waiting.get(id)(msg);
  waiting.delete(id);
}

function ask(msg) {
  return new Promise((resolve) => {
    waiting.set(++asked, resolve);
    ports.get("main").postMessage([asked, msg]);
  });
}

startWork({
  ask,
  call: ask,
  tell: (name, msg) => ports.get(name).postMessage(msg),
  onMain: (listener) => {
    ears.main = listener;
  },
  onOther: (listener) => {
    ears.other = listener;
  },
  onTopic: (listener) => {
    ears.topic = listener;
  },
  linked,
});
