const { createORPCClient } = require("@orpc/client");
const { RPCLink } = require("@orpc/client/message-port");
const { startWork } = require("../../work");
const { receivePorts } = require("../port/ports");

let trains;

const { linked } = receivePorts((_name, port) => {
  trains = createORPCClient(new RPCLink({ port }));
  port.start();
});
const find = (msg) => trains.find(msg);

startWork({ ask: find, call: find, linked: () => linked(["main"]) });
