const { createTRPCClient } = require("@trpc/client");
const { ipcLink } = require("trpc-electron/renderer");
const { startWork } = require("../../work");

const trains = createTRPCClient({ links: [ipcLink()] });
const find = (msg) => trains.find.query(msg);

startWork({ ask: find, call: find, linked: () => undefined });
