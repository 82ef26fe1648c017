const { contextBridge, ipcRenderer } = require("electron");

contextBridge.exposeInMainWorld("hand", {
  ask: (msg) => ipcRenderer.invoke("hand:ask", msg),
  tell: (name, msg) => ipcRenderer.send("hand:tell", name, msg),
  onMain: (listener) => {
    ipcRenderer.on("hand:from-main", (_event, msg) => listener(msg));
  },
  onOther: (listener) => {
    ipcRenderer.on("hand:from-other", (_event, msg) => listener(msg));
  },
});
