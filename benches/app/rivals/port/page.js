const { startWork } = require("../../work");

const ports = new Map();
const waiting = new Map();
const ears = {};
let asked = 0;

addEventListener("message", ({ data, ports: [port] }) => {
  if (!port) return;
  ports.set(data.portTo, port);
  port.onmessage = data.portTo === "main" ? fromMain : (event) => ears.other(event.data);
  settleLinks();
});

function fromMain({ data: [id, msg] }) {
  if (id === undefined) return ears.main(msg);
  waiting.get(id)(msg);
  waiting.delete(id);
}

let settleLinks = () => undefined;

/** Ends when there is a port to each of these. */
function linked(names) {
  return new Promise((resolve) => {
    settleLinks = () => {
      if (names.every((name) => ports.has(name))) resolve();
    };
    settleLinks();
  });
}

startWork({
  ask: (msg) =>
    new Promise((resolve) => {
      waiting.set(++asked, resolve);
      ports.get("main").postMessage([asked, msg]);
    }),
  tell: (name, msg) => ports.get(name).postMessage(msg),
  onMain: (listener) => {
    ears.main = listener;
  },
  onOther: (listener) => {
    ears.other = listener;
  },
  linked,
});
