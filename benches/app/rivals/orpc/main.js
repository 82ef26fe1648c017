/** oRPC over message ports, one to each page. Without a schema: nothing is checked. */
const electron = require("electron");
const { path } = require("../../node");

const windows = new Map();
let handler;

function createWindow(name, options) {
  const window = new electron.BrowserWindow(options);
  windows.set(name, window);
  return window;
}

function destroyWindow(name) {
  windows.get(name).destroy();
  windows.delete(name);
}

function link(names) {
  for (const name of names) {
    const { port1, port2 } = new electron.MessageChannelMain();
    handler.upgrade(port1);
    port1.start();
    windows.get(name).webContents.postMessage("port", "main", [port2]);
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
