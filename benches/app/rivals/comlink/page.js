const { expose, wrap } = require("comlink");
const { startWork } = require("../../work");
const { receivePorts } = require("../port/ports");

let trains;
let listen;

const { linked } = receivePorts((name, port) => {
  if (name === "main") trains = wrap(port);
  else expose({ news: (value) => listen(value) }, port);
});

startWork({
  ask: (msg) => trains.find(msg),
  call: (msg) => trains.find(msg),
  onTopic: (listener) => {
    listen = listener;
  },
  retained: () => trains.theme(),
  linked: () => linked(["main", "self"]),
});
