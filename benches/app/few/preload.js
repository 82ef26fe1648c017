const { contextBridge, ipcRenderer } = require("electron");
const { initExposeInMainWorld } = require("electron-switchyard/preload");

initExposeInMainWorld();
contextBridge.exposeInMainWorld("hand", { ask: (msg) => ipcRenderer.invoke("few:hand", msg) });

// An Electron without it has no message ports in main either.
if (ipcRenderer.postMessage) {
  const { port1, port2 } = new MessageChannel();
  ipcRenderer.postMessage("few:port", null, [port2]);
  addEventListener("give-raw-port", () => {
    dispatchEvent(new MessageEvent("raw-port", { ports: [port1] }));
  });
}
