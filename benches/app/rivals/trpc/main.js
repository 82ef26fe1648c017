/** trpc-electron, with tRPC's own router. Its input is checked by a schema, here by one that takes all. */
const { path } = require("../../node");
const { windowsByName } = require("../windows");

const own = windowsByName();
let handler;

function createWindow(name, options) {
  const window = own.createWindow(name, options);
  handler.attachWindow(window);
  return window;
}

module.exports = {
  // It names Electron above 19, and throws at each navigation in 22, whose event names no frame.
  cannot:
    Number.parseInt(process.versions.electron, 10) > 22
      ? undefined
      : "it needs the frame of a navigation, which this Electron does not name",
  preload: () => path.join(__dirname, "preload-trpc.js"),
  start(answer) {
    // Only where it can be.
    const { initTRPC } = require("@trpc/server");
    const { createIPCHandler } = require("trpc-electron/main");
    const { procedure, router } = initTRPC.create();
    const find = procedure.input((msg) => msg).query(({ input }) => answer(input));
    handler = createIPCHandler({ router: router({ find }) });
  },
  createWindow,
  destroyWindow: own.destroyWindow,
};
