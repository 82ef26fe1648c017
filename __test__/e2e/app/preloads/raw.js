/** The preload of a window that was taken over: it sends what it likes. */
const { ipcRenderer } = require("electron");

const CHANNEL = "electron-switchyard";
const HELLO = 5;
/** The wire of each document that was made up, by its first link: a port for each world. */
const wires = new Map();

function offer(link, origin) {
  const channels = [new MessageChannel(), new MessageChannel()];
  const ports = channels.map(({ port1 }) => port1);
  wires.set(link, ports);
  ipcRenderer.postMessage(
    CHANNEL,
    [link, origin],
    channels.map(({ port2 }) => port2),
  );
  return ports;
}

function portOf(link) {
  const known = Number.isSafeInteger(link) && link >= 0;
  const first = known ? link - (link % 2) : 8;
  return (wires.get(first) || offer(first, ""))[known ? link % 2 : 0];
}

/** With an origin: a hello. Without: a packet, over the port of its link. */
window.sendRaw = (...args) => {
  const [link, lanes, packet, attachments, origin] = args;
  if (args.length >= HELLO) return void offer(link, origin);
  const counts = Array.isArray(attachments) ? attachments.map(() => 1) : undefined;
  const rest = attachments === undefined ? [] : [attachments, counts];
  portOf(link).postMessage(args.length < 2 ? args : [packet, lanes, ...rest]);
};

/** A document that was made up ends: its ports close. */
window.endRaw = (first) => {
  for (const port of wires.get(first)) port.close();
};

/** What is no hello. */
window.sendRawHello = (hello, transfer = []) => ipcRenderer.postMessage(CHANNEL, hello, transfer);

/** The port of a link, of a document that is made up. */
window.rawPort = portOf;

/** Whatever it is, over the wire of document 2. */
window.sendRawMessage = (message) => portOf(8).postMessage(message);
