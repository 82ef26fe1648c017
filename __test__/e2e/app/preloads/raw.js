/** The preload of a window that was taken over: it sends what it likes. */
const { ipcRenderer } = require("electron");

const CHANNEL = "electron-switchyard";
const HELLO = 5;
/** The wire of each document that was made up, by its first link. */
const ports = new Map();

function offer(link, origin) {
  const { port1, port2 } = new MessageChannel();
  ports.set(link, port1);
  ipcRenderer.postMessage(CHANNEL, [link, origin], [port2]);
  return port1;
}

function portOf(link) {
  const first = Number.isSafeInteger(link) && link >= 0 ? link - (link % 2) : 8;
  return ports.get(first) || offer(first, "");
}

/** With an origin: a hello. Without: a frame, over the wire of its link's document. */
window.sendRaw = (...args) => {
  const [link, lanes, frame, attachments, origin] = args;
  if (args.length >= HELLO) return void offer(link, origin);
  const counts = Array.isArray(attachments) ? attachments.map(() => 1) : undefined;
  const rest = attachments === undefined ? [] : [attachments, counts];
  portOf(link).postMessage(args.length < 2 ? args : [link, frame, lanes, ...rest]);
};

/** What is no hello. */
window.sendRawHello = (hello, transfer = []) => ipcRenderer.postMessage(CHANNEL, hello, transfer);

/** Whatever it is, over the wire of document 2. */
window.sendRawMessage = (message) => portOf(8).postMessage(message);
