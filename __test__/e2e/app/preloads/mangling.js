/** Our preload under an instrumentation, `--mangle=NAME`, that changes or precedes its hellos. */
const { ipcRenderer } = require("electron");

const CHANNEL = "electron-switchyard";
const WAYS = {
  none: (send, hello, ports) => send(hello, ports),
  ports: (send, hello) => send(hello, []),
  text: (send, hello, ports) => send(JSON.stringify(hello), ports),
  wrapped: (send, hello, ports) => send({ traced: hello }, ports),
  first: (send, hello, ports) => {
    // Of another document: as what a frame's document before may have sent.
    for (let n = 0; n < 500; n++) send([8, ""], []);
    send(hello, ports);
  },
};
const [, name] = process.argv.map((arg) => /^--mangle=(.*)$/.exec(arg)).find(Boolean);

let hellos = 0;
let refusals = 0;
const { postMessage } = ipcRenderer;
ipcRenderer.postMessage = (channel, hello, ports) => {
  hellos += 1;
  WAYS[name]((...args) => postMessage.call(ipcRenderer, channel, ...args), hello, ports);
};
ipcRenderer.on(CHANNEL, (_event, said) => {
  if (Array.isArray(said)) refusals += 1;
});
ipcRenderer.on("send nonsense", () => {
  for (const hello of [null, "hello", [8, ""], []]) postMessage.call(ipcRenderer, CHANNEL, hello);
});
ipcRenderer.on("counts", () => ipcRenderer.send("counts", hellos, refusals));
require("../node_modules/electron-switchyard/dist/preload.js");
