/** oRPC over message ports, one to each page. Without a schema: nothing is checked. */
const { path } = require("../../node");
const { windowsByName } = require("../windows");

const { createWindow, destroyWindow, channelTo } = windowsByName();
let handler;

function link(names) {
  for (const name of names) {
    const port = channelTo(name, "main");
    handler.upgrade(port);
    port.start();
  }
}

module.exports = {
  cannot: globalThis.TransformStream
    ? undefined
    : "it needs TransformStream, a global from Node 18",
  preload: () => path.join(__dirname, "preload-port.js"),
  start(answer) {
    // Only where it can be: its modules need that global.
    const { os } = require("@orpc/server");
    const { RPCHandler } = require("@orpc/server/message-port");
    handler = new RPCHandler({ find: os.handler(({ input }) => answer(input)) });
  },
  createWindow,
  destroyWindow,
  link,
};
