/** The main process of each rival, loaded when it is made. */
const MAKERS = {
  switchyard: () => require("./rivals/switchyard/main"),
  prokit: () => require("./rivals/prokit/main.mjs"),
  hand: () => require("./rivals/hand/main"),
  port: () => require("./rivals/port/main"),
  comlink: () => require("./rivals/comlink/main"),
  trpc: () => require("./rivals/trpc/main"),
  orpc: () => require("./rivals/orpc/main"),
  "typed-ipc": () => require("./rivals/typed-ipc/main"),
};

module.exports = { MAKERS };
